"""Answers remembered by word: what is asked of words that recur from page to page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


class Memory(dict[str, Answer]):
    """A function's answers by word, asked in C, as no decorator's are.

    So many are remembered, and none of a word that is longer than `longest`; a full memory is begun anew.
    """

    def __init__(self, answer: Callable[[str], Answer], *, most: int, longest: int) -> None:
        super().__init__()
        self._answer, self._most, self._longest = answer, most, longest

    def __missing__(self, word: str) -> Answer:
        answer = self._answer(word)
        if len(word) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[word] = answer
        return answer
