"""What reviewers decided, matched to pairs and taken over."""

from bilingual.review.apply import Applied, Conflict, apply
from bilingual.review.decisions import Said
from bilingual.review.matching import Refusal

__all__ = ["Applied", "Conflict", "Refusal", "Said", "apply"]
