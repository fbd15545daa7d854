"""A pre-norm Transformer that CTranslate2 runs unchanged. Shapes: B batch, S source, T target, D width."""

import math
from dataclasses import asdict

import torch
from torch import Tensor, nn
from torch.nn import functional

from bilingual.training.recipe import Shape

_POSITIONS = 512
_EPSILON = 1e-5
_NEVER = -1e4  # weight of what may not be attended to


def positions(length: int, width: int) -> Tensor:
    """Sinusoidal table of shape (length, width), sines then cosines (Vaswani et al. 2017)."""
    rate = torch.exp(torch.arange(width // 2) * -(math.log(10000.0) / (width // 2 - 1)))
    angle = torch.arange(length)[:, None] * rate[None]
    return torch.cat([angle.sin(), angle.cos()], 1)


def attend_on_cpu(
    query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None, *, is_causal: bool
) -> Tensor:
    """Scaled dot-product attention as plain products: on a CPU the fused kernel is slow backwards."""
    weights = query @ key.transpose(-1, -2) * query.size(-1) ** -0.5
    if attn_mask is not None:
        weights = weights.masked_fill(~attn_mask, _NEVER)
    if is_causal:
        weights = weights + torch.full(weights.shape[-2:], _NEVER, dtype=weights.dtype).triu(1)
    return torch.softmax(weights, -1).to(query.dtype) @ value


class Attention(nn.Module):
    """Attention of its input (B, T, D) to itself or to a memory (B, S, D), norm first, residual kept."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width, eps=_EPSILON)
        self.q, self.kv, self.out = (
            nn.Linear(width, width),
            nn.Linear(width, 2 * width),
            nn.Linear(width, width),
        )
        self.drop = nn.Dropout(dropout)

    def forward(
        self, x: Tensor, memory: Tensor | None = None, mask: Tensor | None = None, *, causal: bool = False
    ) -> Tensor:
        """X with what it attends to added; mask (B, 1, 1, S) is true where there is a piece."""
        h = self.norm(x)
        key, value = self.kv(h if memory is None else memory).chunk(2, -1)
        attend = functional.scaled_dot_product_attention if x.is_cuda else attend_on_cpu
        y = attend(
            self._split(self.q(h)), self._split(key), self._split(value), attn_mask=mask, is_causal=causal
        )
        added: Tensor = x + self.drop(self.out(y.transpose(1, 2).reshape(x.shape)))
        return added

    def look(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Logarithms (B, T, S) of what the first head gives each piece of the memory."""
        size = x.size(-1) // self.heads
        query = functional.linear(self.norm(x), self.q.weight[:size], self.q.bias[:size])
        key = functional.linear(memory, self.kv.weight[:size], self.kv.bias[:size])
        weights = query @ key.transpose(-1, -2) * size**-0.5
        return torch.log_softmax(weights.float().masked_fill(~mask[:, 0], _NEVER), -1)

    def _split(self, x: Tensor) -> Tensor:
        return x.view(x.size(0), x.size(1), self.heads, -1).transpose(1, 2)


class FeedForward(nn.Module):
    """Two linear maps with a ReLU between, norm first, residual kept."""

    def __init__(self, width: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, eps=_EPSILON)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """X (B, T, D) with its map added."""
        added: Tensor = x + self.drop(self.down(functional.relu(self.up(self.norm(x)))))
        return added


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder, which also attends to the memory."""

    def __init__(self, shape: Shape, *, decoder: bool) -> None:
        super().__init__()
        self.own = Attention(shape.width, shape.heads, shape.dropout)
        if decoder:
            self.cross = Attention(shape.width, shape.heads, shape.dropout)
        self.ffn = FeedForward(shape.width, shape.inner, shape.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """X (B, S, D) through a layer of the encoder."""
        through: Tensor = self.ffn(self.own(x, mask=mask))
        return through

    def decode(self, x: Tensor, memory: Tensor, mask: Tensor, looks: list[Tensor] | None) -> Tensor:
        """X (B, T, D) through a layer of the decoder; looks receives where its first head looks (B, T, S)."""
        x = self.own(x, causal=True)
        if looks is not None:
            looks.append(self.cross.look(x, memory, mask))
        through: Tensor = self.ffn(self.cross(x, memory, mask))
        return through


class Network(nn.Module):
    """Source (B, S) and target (B, T) pieces to states (B, T, D), with one embedding for all."""

    def __init__(self, shape: Shape, pad: int) -> None:
        super().__init__()
        self.shape, self.pad = shape, pad
        self.embed = nn.Embedding(shape.vocabulary, shape.width)
        self.register_buffer("table", positions(_POSITIONS, shape.width), persistent=False)
        self.drop = nn.Dropout(shape.dropout)
        self.encoder = nn.ModuleList(Layer(shape, decoder=False) for _ in range(shape.encoder))
        self.encoder_norm = nn.LayerNorm(shape.width, eps=_EPSILON)
        self.decoder = nn.ModuleList(Layer(shape, decoder=True) for _ in range(shape.decoder))
        self.decoder_norm = nn.LayerNorm(shape.width, eps=_EPSILON)
        self.bias = nn.Parameter(torch.zeros(shape.vocabulary))
        for parameter in self.parameters():
            if parameter.dim() > 1:
                nn.init.xavier_uniform_(parameter)
        nn.init.normal_(self.embed.weight, std=shape.width**-0.5)

    def forward(self, source: Tensor, target: Tensor, looks: list[Tensor] | None = None) -> Tensor:
        """States (B, T, D) after each target piece; looks receives a layer's log-attention (B, T, S) each."""
        mask = (source != self.pad)[:, None, None]
        memory = self._put(source)
        for layer in self.encoder:
            memory = layer(memory, mask)
        memory, x = self.encoder_norm(memory), self._put(target)
        for layer in self.decoder:
            x = layer.decode(x, memory, mask, looks)
        states: Tensor = self.decoder_norm(x)
        return states

    def logits(self, states: Tensor) -> Tensor:
        """Scores (…, vocabulary) of the next piece."""
        return functional.linear(states, self.embed.weight, self.bias.to(states.dtype))

    def size(self) -> dict[str, int | float]:
        """The shape as numbers, and the count of parameters."""
        return {**asdict(self.shape), "parameters": sum(each.numel() for each in self.parameters())}

    def _put(self, pieces: Tensor) -> Tensor:
        scaled = self.embed(pieces) * math.sqrt(self.shape.width)
        put: Tensor = self.drop(scaled + self.table[: pieces.size(1)])
        return put
