"""The colours of groups and signals: eight that can be told apart, on paper and in the dark, then grey."""

LIGHT = ("#17757a", "#2c66b8", "#7b4fb5", "#b06a00", "#b8364e", "#3b8132", "#8a6d3b", "#5c6b8a")
DARK = ("#5cc4c0", "#86b4f4", "#c0a0f0", "#e5b155", "#f08c9c", "#8fcb82", "#cdb27e", "#a8b5d0")
REST_LIGHT, REST_DARK = "#77736a", "#8f959c"


def class_of(number: int) -> str:
    """The class of the n-th thing, counted from 1: "c1" to "c8", and "c0" beyond."""
    return f"c{number}" if 1 <= number <= len(LIGHT) else "c0"


def rgb_of(number: int) -> tuple[int, int, int]:
    """The colour of the n-th thing on paper, as three numbers of 0 to 255."""
    said = LIGHT[number - 1] if 1 <= number <= len(LIGHT) else REST_LIGHT
    return int(said[1:3], 16), int(said[3:5], 16), int(said[5:7], 16)


def css(selector: str = ":root") -> str:
    """The colours as CSS variables --c0 to --c8, light and dark."""
    light = "".join(f"--c{number}:{colour};" for number, colour in enumerate((REST_LIGHT, *LIGHT)))
    dark = "".join(f"--c{number}:{colour};" for number, colour in enumerate((REST_DARK, *DARK)))
    return f"{selector}{{{light}}}@media (prefers-color-scheme:dark){{{selector}{{{dark}}}}}"
