"""Weights of a Network to a CTranslate2 model folder and back; both ways through one table of places."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bilingual.errors import TrainingError
from bilingual.training.network import Network
from bilingual.training.recipe import Shape

Array = NDArray[np.generic]
Weights = Mapping[str, Tensor]
_KINDS = (np.float32, np.int8, np.int16, np.int32, np.float16)
_VERSION = 6  # of CTranslate2's model.bin, whose layout ctranslate2/specs/model_spec.py writes


def save(network: Network, pieces: Sequence[str], folder: Path, quantization: str = "int8") -> None:
    """Write the network as a CTranslate2 model; pieces are the shared vocabulary in order of number."""
    from ctranslate2.specs import TransformerSpec, common_spec

    shape = network.shape
    spec = TransformerSpec.from_config(
        (shape.encoder, shape.decoder), shape.heads, pre_norm=True, activation=common_spec.Activation.RELU
    )
    for place, tensor in _places(
        shape, {name: each.cpu().float() for name, each in network.state_dict().items()}
    ):
        _put(spec, place, tensor.numpy().copy())  # it is quantised where it lies
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = True
        side.position_encodings.encodings = network.table.cpu().numpy()
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    config = spec.config
    config.add_source_eos, config.add_source_bos, config.decoder_start_token = True, False, "<s>"
    config.bos_token, config.eos_token, config.unk_token = "<s>", "</s>", "<unk>"
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))


def _places(shape: Shape, weights: Weights) -> Iterator[tuple[str, Tensor]]:
    """Each array of the CTranslate2 model with its place, from weights named as in Network."""
    yield "encoder/embeddings_0/weight", weights["embed.weight"]
    yield "decoder/embeddings/weight", weights["embed.weight"]
    yield "decoder/projection/weight", weights["embed.weight"]
    yield "decoder/projection/bias", weights["bias"]
    for ours, place in _modules(shape):
        names = ours if isinstance(ours, tuple) else (ours,)
        norm = place.endswith("layer_norm")
        for kind, written in (
            ("weight", "gamma" if norm else "weight"),
            ("bias", "beta" if norm else "bias"),
        ):
            yield f"{place}/{written}", torch.cat([weights[f"{name}.{kind}"] for name in names])


def _modules(shape: Shape) -> Iterator[tuple[str | tuple[str, str], str]]:
    """Our modules (or pairs that are stored as one) and their places."""
    for side, layers in (("encoder", shape.encoder), ("decoder", shape.decoder)):
        yield f"{side}_norm", f"{side}/layer_norm"
        for n in range(layers):
            ours, place = f"{side}.{n}", f"{side}/layer_{n}"
            yield f"{ours}.own.norm", f"{place}/self_attention/layer_norm"
            yield (f"{ours}.own.q", f"{ours}.own.kv"), f"{place}/self_attention/linear_0"
            yield f"{ours}.own.out", f"{place}/self_attention/linear_1"
            yield f"{ours}.ffn.norm", f"{place}/ffn/layer_norm"
            yield f"{ours}.ffn.up", f"{place}/ffn/linear_0"
            yield f"{ours}.ffn.down", f"{place}/ffn/linear_1"
            if side == "decoder":
                yield f"{ours}.cross.norm", f"{place}/attention/layer_norm"
                yield f"{ours}.cross.q", f"{place}/attention/linear_0"
                yield f"{ours}.cross.kv", f"{place}/attention/linear_1"
                yield f"{ours}.cross.out", f"{place}/attention/linear_2"


def _put(spec: object, place: str, value: Array) -> None:
    """Set the attribute at a place, where "layer_0" is the first of the list "layer" unless it is a name."""
    *path, last = place.split("/")
    for step in path:
        name, _, number = step.rpartition("_")
        spec = getattr(spec, step) if hasattr(spec, step) else getattr(spec, name)[int(number)]
    setattr(spec, last, value)


def load(file: Path, shape: Shape) -> dict[str, Tensor]:
    """Weights for a Network of this shape from a model.bin, int8 undone; raises TrainingError if none fit."""
    stored = _read(file)
    model = Network(shape, pad=0)
    wanted = model.state_dict()
    found: dict[str, Tensor] = {
        "embed.weight": _floats(stored, "decoder/embeddings/weight"),
        "bias": _floats(stored, "decoder/projection/bias"),
    }
    for ours, place in _modules(shape):
        norm = place.endswith("layer_norm")
        for kind, written in (
            ("weight", "gamma" if norm else "weight"),
            ("bias", "beta" if norm else "bias"),
        ):
            value, at = _floats(stored, f"{place}/{written}"), 0
            for name in ours if isinstance(ours, tuple) else (ours,):
                rows = wanted[f"{name}.{kind}"].shape[0]
                found[f"{name}.{kind}"] = value[at : at + rows]
                at += rows
    wrong = [name for name, value in wanted.items() if found[name].shape != value.shape]
    if wrong:
        raise TrainingError(str(file), f"has other sizes at {', '.join(wrong)}", "give its shape in [shape]")
    return found


def _floats(stored: Mapping[str, Array], place: str) -> Tensor:
    if place not in stored:
        raise TrainingError(place, "is not in the model to start from", "start from a package of this recipe")
    value = stored[place]
    if value.dtype == np.int8:
        value = value.astype(np.float32) / stored[f"{place}_scale"].astype(np.float32).reshape(-1, 1)
    return torch.from_numpy(value.astype(np.float32))


def _read(file: Path) -> dict[str, Array]:
    """Arrays of a model.bin by their places; equal arrays are stored once, the other places as aliases."""
    with file.open("rb") as stream:
        version = _number(stream, "I")
        if version != _VERSION:
            raise TrainingError(str(file), f"is of binary version {version}", f"only {_VERSION} can be read")
        _text(stream)
        _number(stream, "I")
        stored = dict(_array(stream) for _ in range(_number(stream, "I")))
        aliases = [(_text(stream), _text(stream)) for _ in range(_number(stream, "I"))]
    return stored | {place: stored[other] for place, other in aliases}


def _array(stream: BinaryIO) -> tuple[str, Array]:
    name, rank = _text(stream), _number(stream, "B")
    shape = [_number(stream, "I") for _ in range(rank)]
    kind = _KINDS[_number(stream, "B")]
    return name, np.frombuffer(stream.read(_number(stream, "I")), kind).reshape(shape)


def _number(stream: BinaryIO, kind: str) -> int:
    value: int = struct.unpack(f"<{kind}", stream.read(struct.calcsize(f"<{kind}")))[0]
    return value


def _text(stream: BinaryIO) -> str:
    return stream.read(_number(stream, "H"))[:-1].decode()
