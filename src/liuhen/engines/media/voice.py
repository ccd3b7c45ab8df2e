"""Something like speech, synthesised: syllables of a voice with formants, pauses, room noise."""

from typing import Any, Final

import numpy as np

SYLLABLE_SECONDS: Final = 0.19
_VOWELS: Final = ((730, 1090), (270, 2290), (300, 870), (530, 1840), (570, 840))
"""First and second formant in Hz of five vowels (Peterson and Barney, 1952)."""


def speech(seconds: float, rate: int, *, seed: str) -> Any:
    """Mono samples, float32, −1 to 1; the same for the same `seed`."""
    random = np.random.default_rng(list(seed.encode()))
    count = round(seconds * rate)
    sound = random.normal(0, 0.006, count).astype(np.float32)
    step = int(SYLLABLE_SECONDS * rate)
    for start in range(0, count, step):
        # One syllable in four is a pause: sentences end, people listen.
        if random.random() > 0.25:
            spoken = _syllable(random, min(step, count - start), rate)
            sound[start : start + step] += spoken
    return np.clip(sound, -1, 1)


def _syllable(random: Any, count: int, rate: int) -> Any:
    time = np.arange(count, dtype=np.float32) / rate
    pitch = random.uniform(95, 190) * (1 + random.uniform(-0.5, 0.5) * time)
    first, second = _VOWELS[random.integers(len(_VOWELS))]
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    voice = np.zeros(count, dtype=np.float32)
    for harmonic in range(1, 14):
        hertz = harmonic * float(np.mean(pitch))
        if hertz > rate / 2.2:
            break
        gain = sum(np.exp(-(((hertz - formant) / 220) ** 2)) for formant in (first, second))
        voice += (0.08 + gain) * np.sin(harmonic * phase)
    swell = np.abs(np.sin(np.pi * np.linspace(0, 1, count))) ** 0.7
    loudest = float(np.max(np.abs(voice), initial=1e-6))
    return (voice * swell * random.uniform(0.25, 0.6) / loudest).astype(np.float32)
