"""What the techniques are called that signals can support: DISARM 1.6, as our codebook names them (a test compares).

Kept here since reading the codebook for thirty names would take longer than a search. A technique that is not here is
shown by its id.
"""

NAMES = {
    "T0015": "Create Hashtags and Search Artefacts",
    "T0048": "Harass",
    "T0049": "Flood Information Space",
    "T0049.002": "Flood Existing Hashtag",
    "T0049.003": "Bots Amplify via Automated Forwarding and Reposting",
    "T0049.004": "Utilise Spamoflauge",
    "T0049.005": "Conduct Swarming",
    "T0049.007": "Inauthentic Sites Amplify News and Narratives",
    "T0084": "Reuse Existing Content",
    "T0084.001": "Use Copypasta",
    "T0084.002": "Plagiarise Content",
    "T0092.002": "Use Follow Trains",
    "T0115.001": "Share Memes",
    "T0116.001": "Post Inauthentic Social Media Comment",
    "T0118": "Amplify Existing Narrative",
    "T0119": "Cross-Posting",
    "T0119.002": "Post across Platform",
    "T0128.005": "Change Names of Information Assets",
    "T0143": "Persona Legitimacy",
    "T0143.002": "Fabricated Persona",
    "T0144.002": "Persona Template",
    "T0145": "Establish Account Imagery",
    "T0145.001": "Copy Account Imagery",
    "T0145.002": "AI-Generated Account Imagery",
    "T0146": "Account Asset",
    "T0146.007": "Automated Account Asset",
    "T0150.001": "Newly Created Asset",
    "T0150.004": "Repurposed Asset",
    "T0150.008": "Bulk Created Asset",
}
