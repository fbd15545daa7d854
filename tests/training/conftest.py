import zipfile
from pathlib import Path

import pytest
from sentencepiece import SentencePieceProcessor

from bilingual.training import batches

MODELS = Path(__file__).parents[2] / "bilingual" / "data" / "models"


@pytest.fixture(scope="session")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> SentencePieceProcessor:
    """The pieces of the model that ships."""
    package = next(MODELS.glob("*.argosmodel"))
    place = tmp_path_factory.mktemp("pieces") / "sentencepiece.model"
    with zipfile.ZipFile(package) as archive:
        name = next(name for name in archive.namelist() if name.endswith("sentencepiece.model"))
        place.write_bytes(archive.read(name))
    return batches.load_tokenizer(place)
