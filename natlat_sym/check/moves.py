"""Permutations of outcomes that change no cost of a block (section 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .reading import as_list, require

Move = Sequence[int]  # where each outcome goes


def as_moves(data: object, count: int) -> Sequence[Move]:
    """Return permutations of so many places; refuse anything else."""
    moves = [
        as_list(move, f"symmetries[{k}]") for k, move in enumerate(as_list(data, "symmetries"))
    ]
    for k, move in enumerate(moves):
        whole = all(type(place) is int for place in move) and sorted(move) == list(range(count))
        require(whole, f"symmetries[{k}]", f"expected the places 0 to {count - 1} in some order")
    return moves


def inside(moves: Sequence[Move], places: Sequence[int]) -> list[Move]:
    """Return the permutations that take some places to themselves, about these alone."""
    number = {place: k for k, place in enumerate(places)}
    kept = [move for move in moves if all(move[place] in number for place in places)]
    return [[number[move[place]] for place in places] for move in kept]


def carried(codes: Sequence[int], move: Move) -> tuple[int, ...]:
    """Return a partition of the places where a permutation takes it, numbered as they come."""
    image = [0] * len(codes)
    for code, to in zip(codes, move, strict=True):
        image[to] = code
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(code, len(numbers)) for code in image)


def keeping(moves: Sequence[Move], decided: Mapping[int, bool]) -> list[Move]:
    """Return the permutations that take what is in to what is in, and what is out to that."""
    return [
        move for move in moves if all(decided.get(move[j]) is held for j, held in decided.items())
    ]


def orbit(place: int, moves: Sequence[Move]) -> set[int]:
    """Return where permutations, one after the other, can take a place."""
    found, waiting = {place}, [place]
    while waiting:
        here = waiting.pop()
        new = {move[here] for move in moves} - found
        found |= new
        waiting += new
    return found
