"""Detection: coordinated behaviour and impersonation in data sets of posts and accounts.

What accounts share becomes events (message, account, time, object); a plan of plain SQL steps pairs accounts that
act on the same object within a window, and an engine runs it. A trace (which object two posts may share) is one
file with a `TRACE` and one line here.
"""
