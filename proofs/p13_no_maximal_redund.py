"""P13 · A path of small redunds without a maximal one at linear cost.

Claim    along a path of m points every threshold is a redund to within 1/m, and the label of b + 1
         equal intervals, itself a redund to within b/m, leaves some threshold open to 1/(b+1): four
         intervals of a path of any length 1/t cost 3 t, and leave a quarter of a bit open
Reading  If an approximately maximal redund existed at linear cost, some label with few boundaries
         would tell every threshold nearly exactly. On this path equal intervals do not. Other
         labels do no better: b changes of the label cost b/m, and leave a set of at least m/(b+1)
         points with one label, which a threshold halves. So no linear constants hold for all laws,
         for latents that are functions of the features; whether that answers the published
         question depends on its exact wording.
Source   Worked out for this collection; the question is Wentworth and Lorell's bounty on maximal
         redunds (2025).
Uses     P07
"""

from natlat_sym import Dist, evaluate, prove_on_range, zoo


# %% The path: X1 uniform on m points, X2 one step on or not; W cuts it in equal intervals
def path(points: int, intervals: int) -> Dist:
    """Return the path with the label W, and T the threshold in the middle of an interval."""
    width = points // intervals
    middle = width * (intervals // 2) + width // 2
    rows = [
        (str(x), str(y), str(x // width), str(int(x >= middle)))
        for x in range(points)
        for y in (x, x + 1)
    ]
    return Dist.uniform("X1 X2 W T", rows)


# %% Every threshold is a redund to within 1/m
threshold = evaluate(path(64, 4), ["H(T|X1) = 0", "H(T|X2) = 1/64"])

# %% A label with three boundaries, and the threshold it does not tell
four_intervals = evaluate(path(64, 4), ["H(W|X1) = 0", "H(W|X2) = 3/64", "H(T|W) = 1/4"])
eight_intervals = evaluate(path(64, 8), ["H(W|X2) = 7/64", "H(T|X2) = 1/64", "H(T|W) = 1/8"])
shorter = evaluate(path(32, 4), ["H(W|X2) = 3/32", "H(T|X2) = 1/32", "H(T|W) = 1/4"])

# %% For every length: what X2 leaves open of a threshold, t = 1/m
# X2 is below the threshold, above it, or on the one point where it says nothing. The threshold is
# in the middle; elsewhere below and above have other chances, and tell T as well.
SEEN = {("0", "below"): "(1 - t)/2", ("1", "above"): "(1 - t)/2"}
OPEN = {("0", "on it"): "t/2", ("1", "on it"): "t/2"}
every_length = prove_on_range(Dist.from_dict({**SEEN, **OPEN}, "T Z", "0 < t < 1"), "H(T|Z) = t")

# %% For every length: what the two points share, log2(m) - 1 + 1/m
# S says whether X2 is one of the two ends, which only one step leads to; of the m - 1 others each
# has chance 1/m. So H(X2) = H(S) + P(S=end) + P(S=inside) log2(m-1), and one bit of it is the step.
ENDS = Dist.from_dict({"end": "t", "inside": "1 - t"}, "S", "0 < t < 1")
shared = prove_on_range(
    ENDS, "H(S) + t + (1 - t)*log2(1 - t) - (1 - t)*log2(t) - 1 = -log2(t) - 1 + t"
)

# %% For every length: the four intervals at once
# X1 and X2 are told apart only as far as the label L and the threshold T can tell their points.
any_length = zoo.law("path-of-any-length")
label_is_redund = prove_on_range(any_length, "H(L|X2) = 3*t")
threshold_is_redund = prove_on_range(any_length, "H(T|X2) = t")
# Three times the error of a threshold is not enough to know it, however small that error is.
threshold_open = prove_on_range(any_length, "H(T|L) = 1/4")

# %% What is carried on
RESULTS = {
    "threshold": threshold,
    "every-length": every_length,
    "every-length-shared": shared,
    "every-length-label": label_is_redund,
    "every-length-threshold": threshold_is_redund,
    "every-length-open": threshold_open,
    "four-intervals": four_intervals,
    "eight-intervals": eight_intervals,
    "shorter": shorter,
}
