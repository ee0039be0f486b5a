"""P14 · Functions of the features can cost almost twice what a stochastic latent costs.

Claim    there are laws of two features on which every function of them has a summed error of at
         least 1.9 times that of some stochastic latent; with four values of each feature the
         factor can be 1.93775, with twelve 1.9615
Reading  The summed error of V is I(X;Y|V) + I(V;X|Y) + I(V;Y|X). A stochastic latent may split an
         outcome between two labels; a function has to decide. The checker tries all 21,147 ways of
         doing so at 3 x 3; at 4 x 4 and 12 x 12 it shows instead that no block of outcomes costs
         less than given shares. That no latent of the first law does better than the one given is
         shown by a matrix: a polynomial inequality of degree six, which the checker proves by
         halving cones. Lower bounds of a large law come from a smaller one with values merged and
         from the blocks of merged values, each alone. The other direction is known: the factor is
         never above 96. The highest factor published elsewhere that is known here is 1.960073, also
         on a 12 x 12 law.
Source   Harwood and Gillen for the question and the first law; the other three are searches of our
         own (scripts/search_ratio.py finds such laws), rounded to counts, and not shown to be the
         best of their size. All have two labels that a reversal of the values, or at 3 x 3 an
         exchange of the features, exchanges, nearly or exactly. With reversal and exchange the best
         factors found at n x n for n = 2, 4, 6, 8, 10, 12 are 1.8179, 1.9377, 1.9546, 1.9582,
         1.9606, 1.9616. Three labels that all permutations exchange gave less at the same size
         (1.768 at 3 x 3, 1.933 at 6 x 6); so did 8 x 8 laws with zeros in the middle.
Uses     P07
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain

from natlat_sym import Dist, evaluate, gap, latent_floor, prove

# %% The law of the literature: counts, and how much of each goes to the first label
COUNTS = ((6453, 671, 224), (354, 2032, 6403), (2066, 1116, 681))
FIRST = ((6320, 551, 113), (178, 180, 136), (1888, 561, 126))

DIGITS = "0123456789ab"
Numbers = Sequence[Sequence[Fraction | int]]


def split(counts: Numbers, first: Numbers) -> Dist:
    """Return the law with the label L = a for these shares of each outcome."""
    weights = {}
    for x, row in enumerate(counts):
        for y, count in enumerate(row):
            weights[DIGITS[x], DIGITS[y], "a"] = count * first[x][y]
            weights[DIGITS[x], DIGITS[y], "b"] = count * (1 - first[x][y])
    return Dist.from_weights(weights, "X Y L")


shares = tuple(
    tuple(Fraction(part, whole) for part, whole in zip(*rows, strict=True))
    for rows in zip(FIRST, COUNTS, strict=True)
)
known = split(COUNTS, shares)
known_gap = gap(known, "L", "190096/100000")

# %% No latent of this law is better by more than 4 millionths of a bit
MATRIX = (
    ("0.9044994", "0.2742706", "0.1285018"),
    ("0.1488891", "0.5237169", "0.9046842"),
    ("0.5254989", "0.5432869", "0.2771443"),
)
known_floor = latent_floor(known.marginal("X Y"), MATRIX, "0.2908")

# %% A higher factor at the same size
# Exchange of X and Y leaves the law alone and exchanges the two labels.
TABLE = ((16759, 105511, 317564), (105511, 58666, 33979), (317564, 33979, 10466))
PERCENT = (("50", "8.6", "2"), ("91.4", "50", "18"), ("98", "82", "50"))
finer = tuple(tuple(Fraction(text) / 100 for text in row) for row in PERCENT)
higher = split(TABLE, finer)
higher_gap = gap(higher, "L", "1.9015")

# %% A higher factor with four values each
FOUR = (
    (21933, 48094, 28408, 30152),
    (296141, 5372, 48057, 22421),
    (5310, 296216, 21896, 47428),
    (47390, 22383, 30067, 28734),
)
FOUR_PERCENT = (
    ("86.917", "6.44", "50.013", "31.585"),
    ("98.974", "49.997", "93.562", "87.023"),
    ("49.997", "1.025", "13.087", "6.497"),
    ("93.506", "12.982", "68.438", "50.013"),
)
four = split(FOUR, tuple(tuple(Fraction(text) / 100 for text in row) for row in FOUR_PERCENT))
# What a block costs at least, in bits: the sum of these over its outcomes.
LEAST = (
    ("-0.710999220917", "-1.601851362832", "-0.959030202817", "-1.036755625162"),
    ("-10.955822741248", "-0.171360073473", "-1.600482069756", "-0.759521153357"),
    ("-0.169244711545", "-10.958767201402", "-0.709727284094", "-1.610900942847"),
    ("-1.609526672027", "-0.758184426915", "-1.033748549062", "-0.970607774755"),
)
four_gap = gap(four, "L", "1.93775", shares=chain.from_iterable(LEAST))

# %% The highest factor found: twelve values each, and a law with symmetries
# Exchange of X and Y leaves the law alone; reversal of both exchanges the two labels. So a quarter
# of each table is given, x <= y <= 11 - x.
TWELVE = """
2613592 200053 140021 102770 80441 64850 53866 44514 38189 31232 22789 27366
23274 19915 17529 16149 15665 15249 14891 14985 15040 14350
18739 17691 16778 16414 15835 15437 15602 15727
16953 16052 15701 15270 14992 15291
15235 14996 14728 14586
14839 14759
"""
TWELVE_PERCENT = """
99.332 97.171 96.062 95.035 94.094 92.990 91.809 90.321 88.595 85.905 81.232 50.000
88.810 84.931 81.557 78.637 75.397 72.142 68.315 64.218 58.474 50.000
80.011 75.849 72.331 68.518 64.778 60.493 56.035 50.000
71.132 67.225 63.067 59.067 54.574 50.000
63.062 58.701 54.569 50.000
54.200 50.000
"""
# Every block costs at least minus the sum of these over its outcomes, in bits over ten million.
TWELVE_LEAST = """
112808866 7986167 5616835 3976488 2993185 2432342 2035729 1594650 1425021 1154426 803609 1021584
877610 731505 657021 592572 574988 555343 537263 537437 533463 500555
695059 655323 617916 599964 578728 558374 560358 563537
624295 587742 575704 553962 543957 554247
557543 546522 535346 530331
536015 540297
"""


def unfold(text: str, labels: bool = False) -> list[list[Fraction]]:
    """Return the table of a quarter; reversal takes a percentage v of the labels to 100 - v."""
    quarter = [line.split() for line in text.strip().splitlines()]
    size = len(quarter[0])
    table = [[Fraction(0)] * size for _ in range(size)]
    for low, row in enumerate(quarter):
        for high, entry in enumerate(row, low):
            value, back, front = Fraction(entry), size - 1 - low, size - 1 - high
            table[back][front] = table[front][back] = 100 - value if labels else value
            table[low][high] = table[high][low] = value
    return table


parts = [[value / 100 for value in row] for row in unfold(TWELVE_PERCENT, labels=True)]
twelve = split(unfold(TWELVE), parts)
least = [-value / 10**7 for row in unfold(TWELVE_LEAST) for value in row]
twelve_gap = gap(twelve, "L", "1.9615", shares=least)

# %% What the latent's errors are
errors = evaluate(
    higher, ["I(X;Y|L) + I(L;X|Y) + I(L;Y|X) < 29145/100000", "I(X;Y) > 55418/100000"]
)

# %% Large laws: merged values, and each block of them alone
# A is a function of X and B one of Y. What a latent costs is at least what it costs for A and B and
# what it costs inside the blocks, less what the values say of other features' merged ones.
merged_two = prove(
    "I(A;B|L) + I(L;A|B) + I(L;B|A)"
    " + I(X;Y|L,A,B) + I(L;X|Y,A,B) + I(L;Y|X,A,B) - I(A;Y|B) - I(B;X|A)"
    " <= I(X;Y|L) + I(L;X|Y) + I(L;Y|X)",
    given=["H(A|X) = 0", "H(B|Y) = 0"],
)
merged_three = prove(
    "TC(A;B;C|L) + I(L;A|B,C) + I(L;B|A,C) + I(L;C|A,B)"
    " + TC(X;Y;Z|L,A,B,C) + I(L;X|Y,Z,A,B,C) + I(L;Y|X,Z,A,B,C) + I(L;Z|X,Y,A,B,C)"
    " - I(A;Y,Z|B,C) - I(B;X,Z|A,C) - I(C;X,Y|A,B)"
    " <= TC(X;Y;Z|L) + I(L;X|Y,Z) + I(L;Y|X,Z) + I(L;Z|X,Y)",
    given=["H(A|X) = 0", "H(B|Y) = 0", "H(C|Z) = 0"],
)

# %% What is carried on
RESULTS = {
    "known-gap": known_gap,
    "known-floor": known_floor,
    "higher-gap": higher_gap,
    "four-by-four-gap": four_gap,
    "twelve-by-twelve-gap": twelve_gap,
    "errors": errors,
    "merged-two": merged_two,
    "merged-three": merged_three,
}
