"""Keys and secrets: how those of each service begin, and how many letters follow."""

import re

KINDS = 6  # a key has more different letters than so many
# what a key begins with, so that a text without any need not be searched, and the letters that follow
SERVICES = {
    r"sk-": r"(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{20,200}",  # OpenAI, Anthropic and who followed them
    r"gh[pousr]_": r"[A-Za-z0-9]{36}\b",  # GitHub
    r"github_pat_": r"\w{22,100}",
    r"A[KS]IA": r"[0-9A-Z]{16}\b",  # AWS
    r"xox[abposr]-": r"[A-Za-z0-9-]{10,200}",  # Slack
    r"hooks\.slack\.com/services/": r"T\w{8,12}/B\w{8,12}/\w{20,30}",
    r"AIza": r"[0-9A-Za-z_-]{35}",  # Google
    r"GOCSPX-": r"[\w-]{28}",
    r"ya29\.": r"[\w-]{50,400}",
    r"hf_": r"[A-Za-z0-9]{34}\b",  # Hugging Face
    r"[sr]k_live_": r"[0-9A-Za-z]{16,100}",  # Stripe
    r"whsec_": r"[0-9A-Za-z]{24,64}\b",
    r"glpat-": r"[\w-]{20}",  # GitLab
    r"npm_": r"[A-Za-z0-9]{36}\b",
    r"SG\.": r"[\w-]{22}\.[\w-]{43}",  # SendGrid
    r"pypi-AgE": r"[\w-]{50,300}",
    r"dckr_pat_": r"[\w-]{27}",  # Docker
    r"AccountKey=": r"[A-Za-z0-9+/]{86}==",  # Azure
    r"dapi[0-9a-f]": r"[0-9a-f]{31}\b",  # Databricks
    r"dop_v1_": r"[0-9a-f]{64}\b",  # DigitalOcean
    r"shp(?:at|ca|pa|ss)_": r"[0-9a-fA-F]{32}\b",  # Shopify
    r"sq0[a-z]{3}-": r"[\w-]{22,43}\b",  # Square
    r"\d{8,10}:AA": r"[\w-]{33}\b",  # Telegram
    r"discord(?:app)?\.com/api/webhooks/": r"\d{17,20}/[\w-]{60,80}",
    r"gsk_": r"[A-Za-z0-9]{50,60}\b",  # Groq
    r"r8_": r"[A-Za-z0-9]{37}\b",  # Replicate
    r"pplx-": r"[A-Za-z0-9]{40,64}\b",  # Perplexity
    r"xai-": r"[A-Za-z0-9]{70,90}\b",
    r"hvs\.": r"[\w-]{24,200}",  # Vault
    r"lin_api_": r"[A-Za-z0-9]{40}\b",  # Linear
    r"ntn_": r"[A-Za-z0-9]{40,50}\b",  # Notion
    r"ATATT3": r"[\w=-]{50,300}",  # Atlassian
    r"glsa_": r"[A-Za-z0-9]{32}_[0-9a-f]{8}\b",  # Grafana
    r"NRAK-": r"[A-Z0-9]{27}\b",  # New Relic
    r"SK[0-9a-f]": r"[0-9a-f]{31}\b",  # Twilio
    r"nvapi-": r"[\w-]{60,70}",  # NVIDIA
    r"tvly-": r"(?:dev-|prod-)?[A-Za-z0-9-]{24,60}\b",  # Tavily
    r"lsv2_[ps][tk]_": r"[0-9a-f]{32}_[0-9a-f]{10}\b",  # LangSmith
    r"pcsk_": r"\w{50,80}\b",  # Pinecone
    r"jina_": r"[0-9a-f]{32}[\w-]{20,40}",
    r"PMAK-": r"[0-9a-f]{24}-[0-9a-f]{34}\b",  # Postman
    r"figd_": r"[\w-]{38,44}",  # Figma
    r"sntry[su]_": r"[\w=+/-]{64,250}",  # Sentry
    r"xkeysib-": r"[0-9a-f]{64}-[A-Za-z0-9]{16}\b",  # Brevo
    r"key-[0-9a-f]": r"[0-9a-f]{31}\b",  # Mailgun
    r"tskey-[a-z]": r"[a-z]{2,9}-[\w-]{20,60}",  # Tailscale
    r"pscale_(?:tkn|pw|oauth)_": r"[\w.=-]{32,64}",  # PlanetScale
    r"pul-[0-9a-f]": r"[0-9a-f]{39}\b",  # Pulumi
    r"dp\.(?:pt|st|ct|sa|scim|audit)\.": r"[\w.-]{40,60}",  # Doppler
    r"rubygems_": r"[0-9a-f]{48}\b",
    r"pat[0-9A-Za-z]{14}\.": r"[0-9a-f]{64}\b",  # Airtable
    r"sbp_": r"[0-9a-f]{40}\b",  # Supabase
    r"nfp_": r"[A-Za-z0-9]{36}\b",  # Netlify
    r"AGE-SECRET-KEY-1": r"[0-9A-Z]{58}\b",
    r"eyJ": r"[A-Za-z0-9_-]{10,900}\.eyJ[A-Za-z0-9_-]{10,900}\.[A-Za-z0-9_-]{10,900}",  # a signed token (JWT)
}
INSIDE = r"(?:[Ss]ecret_?[Aa]ccess_?[Kk]ey|SECRET_ACCESS_KEY)\W{1,8}[A-Za-z0-9/+]{40}\b"  # of AWS
BLOCKS = r"-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d"
SECRETS = rf"\b(?:{'|'.join(start + rest for start, rest in SERVICES.items())})|{INSIDE}|{BLOCKS}"
SHORT = 4  # letters: what is shorter stands inside of many words
PREFIXES = "|".join(
    [
        *(rf"\b{start}" if len(start) <= SHORT else start for start in SERVICES),
        *("[Ss]ecret_?[Aa]ccess_?[Kk]ey", "SECRET_ACCESS_KEY", "PRIVATE KEY", "PuTTY-User-Key"),
    ]
)


def is_secret(value: str) -> bool:
    """A key, and not what stands for one in an example, such as sk-your-key-goes-here or ghp_xxxxxxxx."""
    if "PRIVATE KEY" in value or value.startswith("PuTTY"):
        return True
    mixed = re.search(r"\d", value[4:]) or (value.lower() != value and value.upper() != value)  # words are in one case
    return "EXAMPLE" not in value and bool(mixed) and len(set(value)) > KINDS
