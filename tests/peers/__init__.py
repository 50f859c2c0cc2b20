"""Other platforms' own client libraries, whose pins do not go with ours: `.ci/run` gives them an environment of their
own. Where a library is not installed, its tests are skipped."""
