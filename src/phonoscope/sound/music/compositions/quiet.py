"""Quiet loops: calm, lullaby, romantic, ambient."""

from __future__ import annotations

from phonoscope.sound.music.score import Beat, Composition, Figure, Melody, Part

CALM = Composition(
    name="calm",
    title="Still Water",
    description="Felt piano and vibraphone over a warm pad",
    moods=("calm", "gentle", "thoughtful"),
    key="D major",
    beat_samples=40_000,
    chords="Dmaj9 | Bm7 | Gmaj9 | A9sus4 | F#m7 | Bm7 | Em9 | A7sus4",
    room="hall",
    parts=(
        Part(
            "felt piano",
            Figure(
                "AABC ABAD",
                {"A": "0 2 1 3 2 3 1 2", "B": "0 2 3 1 - 3 2 1", "C": "0 2 1 3 4 - 2 -", "D": "0 1 2 3 - 2 - -"},
                low=54,
                pedal=True,
                dynamics="4556 5675",
            ),
            -5,
            reverb=0.3,
        ),
        Part("warm pad", Figure("CCCC CCCC", {"C": "c"}, low=52, voices=4), -10, reverb=0.3),
        Part(
            "sub bass",
            Figure("AABA AABA", {"A": "0---- - 0 -", "B": "0- - - 1 - - -"}, low=33, voices=1),
            -11,
            reverb=0.0,
        ),
        Part(
            "vibraphone",
            Melody(
                "-:2 F#5:1 E5:1 | D5:3 -:1 | -:2 B4:1 D5:1 | E5:3 -:1 |"
                "-:1 A5:1.5 F#5:1.5 | F#5:1 D5:2 -:1 | -:1 G5:1 F#5:1 D5:1 | E5:3 -:1"
            ),
            -10,
            pan=0.2,
            reverb=0.45,
            delay=0.25,
        ),
    ),
)

LULLABY = Composition(
    name="lullaby",
    title="Paper Moon Boat",
    description="A music box over harp and soft strings, in three",
    moods=("lullaby", "tender", "childlike"),
    key="F major",
    beat_samples=32_000,
    bar_beats=3,
    chords="F | C/E | Dm7 | Am | Bbmaj7 | F/A | Gm7 | C7 | F | Am7 | Dm7 | Bb | F/C | C7 | F | C7sus4",
    room="hall",
    parts=(
        Part(
            "music box",
            Melody(
                "C5:2 A4:1 | G4:2 C5:1 | D5:1 C5:1 A4:1 | E5:2 -:1 |"
                " D5:2 F5:1 | C5:2 A4:1 | Bb4:1 A4:1 G4:1 | C5:2 -:1 |"
                "F5:2 C5:1 | E5:2 C5:1 | D5:1 E5:1 F5:1 | D5:2 Bb4:1 |"
                " C5:1 A4:1 F4:1 | G4:1 Bb4:1 E4:1 | F4:2 C5:1 | Bb4:2 -:1",
                dynamics="6655 6654 7777 6654",
            ),
            -6,
            reverb=0.35,
            looseness=1.4,
        ),
        Part(
            "harp",
            Figure(
                "AAAB AAAC AAAB AADE",
                {"A": "0 1 2 3 2 1", "B": "0 2 1 3 4 3", "C": "0 1 2 3 4 5", "D": "0 1 2 4 3 2", "E": "0 - 2 - 3 -"},
                low=50,
                pedal=True,
                dynamics="5",
            ),
            -7,
            reverb=0.3,
        ),
        Part(
            "strings",
            Figure("...C CCCC CCCC CCCC", {"C": "c"}, low=53, voices=3, dynamics="3334 4443 4555 5443"),
            -11,
            reverb=0.4,
        ),
        Part("double bass", Figure("AAAA AAAA AAAA AAAA", {"A": "0 - -"}, low=29, voices=1), -10, reverb=0.15),
        Part(
            "celesta",
            Melody(
                "-:3 | -:3 | -:3 | -:1 A5:1 G5:1 | -:3 | -:3 | -:3 | -:1 E5:1 G5:1 |"
                "-:3 | -:3 | -:3 | -:1 F5:1 D5:1 | -:3 | -:3 | -:1 F5:1 A5:1 | G5:3"
            ),
            -14,
            pan=0.35,
            reverb=0.5,
        ),
    ),
)

ROMANTIC = Composition(
    name="romantic",
    title="Slow Letters",
    description="Piano and strings with a nylon guitar that answers",
    moods=("romantic", "warm", "nostalgic"),
    key="Bb major",
    beat_samples=45_000,
    chords="Bbmaj9 | F/A | Gm7 | Ebmaj7 | Bb/D | Ebmaj9 | Cm9 | F9sus4 F7",
    room="hall",
    parts=(
        Part(
            "piano",
            Figure(
                "AABA AABC",
                {"A": "0 1 2 3 4 3 2 1", "B": "0 2 1 3 4 - 3 2", "C": "0 1 2 3 0 1 3 2"},
                low=50,
                pedal=True,
                dynamics="4454 5665",
            ),
            -7,
            reverb=0.3,
        ),
        Part(
            "piano",
            Melody(
                "F5:1.5 D5:.5 C5:1 D5:1 | C5:3 A4:1 | Bb4:1.5 D5:.5 F5:1 G5:1 | G5:2 F5:.5 Eb5:.5 D5:1 |"
                "F5:1.5 Bb5:.5 A5:1 F5:1 | G5:2 -:1 F5:.5 Eb5:.5 | D5:1 Eb5:1 C5:1 Bb4:1 | C5:2 A4:1 C5:1",
                dynamics="6666 7876",
            ),
            -6,
            reverb=0.35,
            looseness=1.5,
        ),
        Part("strings", Figure("..CC CCCC", {"C": "c"}, low=53, voices=4, dynamics="3345 6765"), -9, reverb=0.4),
        Part(
            "double bass", Figure("AAAA AAAB", {"A": "0 - - - 1 - - -", "B": "0 - - - 0 - - -"}, low=31, voices=1), -9
        ),
        Part(
            "nylon guitar",
            Melody(
                "-:4 | -:2 F4:.5 A4:.5 C5:1 | -:4 | -:2.5 Bb4:.5 D5:.5 Bb4:.5 |"
                "-:4 | -:2.5 G4:.5 Bb4:.5 D5:.5 | -:4 | -:2 Eb5:.5 C5:.5 A4:.5 F4:.5"
            ),
            -13,
            pan=-0.35,
            reverb=0.35,
            delay=0.15,
        ),
    ),
)

AMBIENT = Composition(
    name="ambient",
    title="Above the Weather",
    description="Slow clouds of pad and choir, with bells far away",
    moods=("ambient", "wide", "dreamy"),
    key="Eb major",
    beat_samples=48_000,
    chords="Ebmaj9 | % | Abmaj9 | % | Cm9 | Cm7/Bb | Abmaj7 | Bb9sus4",
    room="cathedral",
    echo_beats=0.75,
    parts=(
        Part("air pad", Figure("CCCC CCCC", {"C": "c"}, low=58, voices=4, dynamics="5566 7765"), -6, reverb=0.4),
        Part("warm pad", Figure("CCCC CCCC", {"C": "c"}, low=46, voices=3), -7, reverb=0.3),
        Part("choir", Figure("..CC CCC.", {"C": "c"}, low=60, voices=3, dynamics="4445 6654"), -11, reverb=0.6),
        Part("sub bass", Figure("AAAA AAAA", {"A": "0 - - -"}, low=34, voices=1), -12, reverb=0.0),
        Part(
            "kalimba",
            Figure(
                "A.B. A.BC",
                {"A": "..3. .4.. 2... ..5.", "B": ".... 4..3 ..5. ....", "C": "..2. ..4. .6.. ...."},
                low=63,
                voices=4,
            ),
            -13,
            reverb=0.5,
            delay=0.6,
        ),
        Part(
            "bell",
            Melody("Bb4:4 | -:4 | -:2 C5:2 | -:4 | G4:4 | -:4 | -:2 Eb5:2 | -:4"),
            -15,
            pan=-0.3,
            reverb=0.6,
        ),
        Part("drums", Beat(".... ...A", {"A": {"swell": ".....x.."}}), -19, reverb=0.4),
    ),
)

QUIET = CALM, LULLABY, ROMANTIC, AMBIENT
