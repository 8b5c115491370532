"""Random histories: no ID on two sentences, no translation lost, a second run changes nothing."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from stories import JoinedStory, LargeStory, Story

SEEDS = int(os.environ.get("BITEXT_STORIES", "4"))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_story(tmp_path: Path, seed: int) -> None:
    Story(tmp_path, random.Random(seed)).play(12)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_story_of_joined_sentences(tmp_path: Path, seed: int) -> None:
    JoinedStory(tmp_path, random.Random(seed)).play(12)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_story_of_a_project_beyond_memory(tmp_path: Path, seed: int) -> None:
    LargeStory(tmp_path, random.Random(seed)).play(12)
