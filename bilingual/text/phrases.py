"""What the furniture of news pages says, in plain words and lower case; no site is named here."""

import re

_BUTTONS = """
ad|ads|advertisement|advertising|sponsored|sponsored content|promoted|paid content|share|share this|
share this article|share this story|share article|share on facebook|share on x|share on twitter|
share via email|copy link|copy url|link copied|print|print this article|save|save article|saved|
bookmark|email|e-mail|gift this article|gift article|listen|listen to article|listen to this article|
listen to this story|watch|watch live|play|play video|pause|mute|subscribe|subscribe now|unsubscribe|
sign in|sign up|sign out|log in|log out|login|logout|register|my account|my feed|my page|account|menu|
search|close|open|back|back to top|top|home|next|previous|prev|more|read more|see more|show more|
load more|view more|view all|see all|show all|show less|continue reading|continue reading below|
story continues below|article continues below|story continues below advertisement|
article continues below advertisement|read full story|read the full story|full story|learn more|
find out more|skip to content|skip to main content|skip to navigation|skip ad|skip advertisement|
jump to content|reply|report|report abuse|like|likes|dislike|follow|following|comment|post a comment|
view comments|view all comments|load comments|show comments|add a comment|leave a reply|write a comment|
sort by|newest|oldest|enter your email|enter your email address|your email|email address|your e-mail|
accept|accept all|accept cookies|reject all|manage cookies|cookie settings|cookie policy|cookies|
privacy|privacy policy|privacy notice|terms|terms of use|terms of service|terms and conditions|
terms & conditions|about|about us|contact|contact us|careers|advertise|advertise with us|sitemap|
site map|help|help center|faq|rss|feedback|send feedback|give feedback|accessibility|newsletter|
newsletters|e-paper|epaper|edition|editions|english|korean|language|select language|font size|text size|
a a a|aa|dark mode|facebook|twitter|x|instagram|youtube|kakaotalk|kakao|line|whatsapp|telegram|linkedin|
reddit|pinterest|tiktok|threads|bluesky|rss feed|hashtags|tags|tag|topics|related topics|related tags|
keywords|categories|filed under|view in browser|view this email in your browser|forward to a friend|
forward this email|update your preferences|manage preferences|manage your subscription|open in app|
open app|get the app|download the app|view on web|add to home screen|all news|image|photo|video|gallery|
published|updated|posted|created|modified|last updated|image source|image caption|caption|getty images|
no comments yet|be the first to comment|copyright|all rights reserved|breaking|live|exclusive|loading|
please wait|translate|translate this page|go to comments|original article|view original|
view image in fullscreen|hide caption|toggle caption|enlarge this image|open image in gallery|install|
not now|later|ok|got it|no thanks
"""
BUTTONS = frozenset(phrase.strip() for phrase in _BUTTONS.replace("\n", "").split("|"))

_LISTS = """
related|related articles|related article|related stories|related story|related news|related content|
related coverage|related posts|related links|related reading|related videos|read also|also read|
read next|up next|next up|what to read next|most read|most viewed|most popular|most shared|
most commented|most recent|popular|popular now|popular stories|popular articles|popular posts|trending|
trending now|trending stories|top stories|top news|top headlines|headlines|all headlines|latest|
latest news|latest stories|latest headlines|latest articles|recent posts|recent articles|recent news|
recent stories|breaking news|other news|other stories|more news|more stories|more headlines|
more articles|more on this story|more on this|more on this topic|more coverage|more to read|
more like this|recommended|recommended for you|recommended stories|recommended articles|
recommended reading|you may also like|you might also like|you may like|you might like|
you may also be interested in|editors' picks|editor's picks|editor's choice|editors' choice|our picks|
don't miss|must read|must reads|in this section|in other news|in case you missed it|
what others are reading|what people are reading|readers also read|people also read|around the web|
from around the web|from our partners|from our network|today's headlines|today's top stories|
on this page|in this article|in this story|table of contents|further reading|suggested reading|
suggested stories|keep reading|elsewhere|photos of the day|see also
"""
LISTS = frozenset(phrase.strip() for phrase in _LISTS.replace("\n", "").split("|"))
LIST_FIRST = frozenset(
    (
        "more",
        "latest",
        "related",
        "other",
        "top",
        "recent",
        "popular",
        "recommended",
        "trending",
        "similar",
        "today's",
    )
)
LIST_LAST = frozenset(
    ("news", "stories", "articles", "headlines", "coverage", "posts", "reads", "videos", "topics")
)
LIST_WITHIN = ("also read", "also reading", "also like", "also viewed", "from the same", "by the same")
LIST_STARTS = (
    "see more from ", "see all from ", "view more from ", "more from ", "also from ", "more in ",
    "also in ", "latest from ", "latest in ", "related to ", "stories you ", "recommended by ",
    "other stories from ", "read more from ", "read more on ", "read more about ", "more about ",
    "from the archive", "from our archive", "read these", "keep reading", "what else ",
)  # fmt: skip

COMMENTS = frozenset(
    ("comments", "comment", "join the conversation", "leave a comment", "reader comments",
     "discussion", "responses", "what do you think", "conversation", "readers' comments",
     "your comments", "add your comment")
)  # fmt: skip
COMMENT_COUNT = re.compile(
    r"(?:view |show |see |read |all )?\(?\d[\d,.]{0,6}k?\)? (?:comments?|replies|responses)(?: so far)?"
    r"|(?:readers?'? |your )?(?:comments?|opinions?|replies|responses|reactions)[ :]*\(?\d{1,6}"
)

PROMOTED = (
    "read more:", "read more -", "read also:", "also read:", "see also:", "see more:", "watch:",
    "listen:", "related:", "read:", "more:", "in pictures:", "in photos:", "video:", "podcast:",
    "quiz:", "live:", "explainer:", "don't miss:", "must read:", "up next:", "next:", "previous:",
    "next article", "previous article", "next story", "previous story", "read next", "recommended:",
    "[related", "[read", "[watch", "(see also", "► ", "click here", "tap here",
)  # fmt: skip
PROMO = (
    "sign up", "signup", "subscribe to", "subscribe for", "get our ", "get the latest", "get the best",
    "join our", "try our", "follow us", "download our", "download the", "enter your e",
    "you may unsubscribe", "you can unsubscribe", "unsubscribe", "by signing up", "by subscribing",
    "by clicking", "we use cookies", "this site uses cookies", "this website uses",
    "support our journalism", "support independent", "become a member", "become a subscriber",
    "already a subscriber", "already have an account", "start your free trial", "want more",
    "never miss", "stay informed", "stay up to date", "stay in the loop", "our free newsletter",
    "turn on notifications", "allow notifications", "share your story", "share your thoughts",
    "send us your", "how can we improve", "was this article helpful", "did you find this",
    "thank you for reading", "thanks for reading", "thank you for subscribing",
    "you are receiving this", "you received this", "you're receiving this", "you're reading",
    "you are reading", "was this forwarded", "was this email forwarded", "if you no longer",
    "to unsubscribe", "add us to your", "follow our", "this email was sent", "this message was sent",
    "like us on", "find us on", "contact the newsroom", "got a tip", "have a tip", "have a story",
    "be the first to comment", "no comments yet", "log in to", "login to", "sign in to",
    "you must be logged in", "please log in", "please sign in", "comments are closed",
    "your email address will not", "enable javascript", "please enable", "javascript is",
    "to continue reading", "this article is for subscribers", "this content is for subscribers",
    "you have reached your", "you've reached your", "sent from my", "shared from", "shared via",
    "sent via", "sent from", "get outlook for", "scan the qr", "video player", "tap to ", "click to ",
    "swipe ",
)  # fmt: skip
CAPTIONED = (
    "image source", "image caption", "image:", "image credit", "photo:", "photo credit", "photo by ",
    "photos by ", "photo courtesy", "photograph:", "photograph by", "picture:", "picture by",
    "caption:", "credit:", "courtesy of", "file photo", "file image", "file picture", "graphic:",
    "graphic by", "video caption", "media caption", "illustration:", "illustration by", "source:",
    "getty images", "ap photo", "video by",
)  # fmt: skip
CREDITED = (
    "corrections:", "correction:", "correction appended", "an earlier version of this",
    "a previous version of this", "this article was amended", "this article was updated",
    "this story has been updated", "this article has been updated", "this article was originally",
    "this story was originally", "originally published", "this article first appeared",
    "this story first appeared", "reporting by ", "additional reporting", "(reporting by",
    "(additional reporting", "(writing by", "(editing by", "writing by ", "edited by ", "editing by ",
    "compiled by ", "with reporting by", "contact the writer", "contact the reporter",
    "contact the editor", "the views expressed", "the opinions expressed", "disclaimer:", "powered by ",
    "registration number", "publisher:", "tel:", "tel.", "fax:", "our standards:",
)  # fmt: skip
CREDITED_WITHIN = (
    "contributed to this report", "contributed reporting", "contributed to this story",
    "contributed to this article",
)  # fmt: skip
CLOSING = (
    "©", "(c) ", "copyright ©", "copyright (c)", "copyright 19", "copyright 20", "copyrights",
    "all rights reserved", "reproduction without", "unauthorized reproduction",
)  # fmt: skip
CLOSING_WITHIN = (
    "all rights reserved", "reproduction without permission", "prohibits its content",
    "redistribution is prohibited", "reprinted without", "redistributed without",

    "without permission is prohibited",
    "not responsible for the content of",
)  # fmt: skip
TRUNCATED = ("...", "…", "[…]", "[...]", "(more)", "…]")
CONTINUED = (
    "read more",
    "continue reading",
    "read full story",
    "full story",
    "more »",
    "more >",
    "see more",
    "read on",
)
