"""What a memory keeps, and that it is bounded in entries and in the length of words."""

from __future__ import annotations

from harvester.memory import Memory


def test_a_word_is_asked_about_once() -> None:
    asked: list[str] = []

    def answer(word: str) -> int:
        asked.append(word)
        return len(word)

    memory = Memory(answer, most=2, longest=5)
    assert [memory[word] for word in ("två", "tre", "två", "lång text", "lång text")] == [
        3,
        3,
        3,
        9,
        9,
    ]
    assert asked == ["två", "tre", "lång text", "lång text"]
    assert memory["fyra"] == 4  # full: begun anew
    assert set(memory) == {"fyra"}
