"""CrowdTangle's CSV exports of Facebook and Instagram posts; times name their zone (US Eastern)."""

from counterfoil.detect.preset import Preset

PRESET = Preset(
    name="crowdtangle",
    label="CrowdTangle export",
    signs=("Post Created", "URL", "Message"),
    platform="facebook",
    zone="America/New_York",
    posts={
        "post": "URL",
        "account": "Facebook Id|Account|User Name|Page Name|Group Name",
        "time": "Post Created",
        "text": "Message|Description",
        "urls": "Final Link|Link",
        "handle": "User Name",
        "name": "Page Name|Group Name|Account",
        "created": "Page Created",
        "followers": "Followers at Posting|Likes at Posting",
    },
)
