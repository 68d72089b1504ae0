"""What is said in benchmarks."""

from __future__ import annotations

BILABIALS = (
    "My father bought five blue boots. Please move both warm apples. Pam packed a purple bag, and Bob made jam. "
    "Maybe the farmer brings my brother a box of plums."
)
CONVERSATION = (
    "Good morning, and thank you for coming. Today I want to tell you about a small invention from the last century. "
    "It was a box with a lamp, and people paid to look inside. What they saw was a man who spoke, without any sound."
)
HALF_A_MINUTE = (
    "The phonoscope was built to show a speaking face. A man stood before the camera, said a few words, and the "
    "plates were turned so quickly that his lips seemed to move. Nobody heard his voice, but people who could read "
    "lips understood him at once. More than a hundred years later, one photograph is enough. The computer finds the "
    "mouth, the eyes and the jaw, and moves them with the sound of every word. It closes the lips when a word begins "
    "with b, or p, or m, and opens them wide for a long a. In between, the face breathes, blinks, and looks at you."
)
