"""What reviewers decided, matched to pairs and taken over."""

from bilingual.review.apply import Applied, Conflict, apply
from bilingual.review.decisions import Said
from bilingual.review.matching import Refusal
from bilingual.review.recheck import recheck
from bilingual.review.stats import Stats, review_stats

__all__ = ["Applied", "Conflict", "Refusal", "Said", "Stats", "apply", "recheck", "review_stats"]
