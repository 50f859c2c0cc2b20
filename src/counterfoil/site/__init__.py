"""DISARM's Markdown page tree from DISARM's workbooks: exactly as DISARM writes it, or complete and correct.

    Master ──faithful──┐
           ──careful───┴▶ Catalogue ──render──▶ Pages ──publish──▶ files, Changes
                                                  └──changes──▶ what differs from exact, and why

`pages.generate` makes texts, `publish.publish` writes them; nothing in between knows about files.
"""
