"""Small Bayes nets from the literature, and class models trained on the bundled survey."""

from __future__ import annotations

from functools import partial
from importlib import resources

from natlat_sym.laws.dist import Dist
from natlat_sym.nets.bayesfile import read_net
from natlat_sym.nets.bayesnet import BayesNet
from natlat_sym.zoo.entry import Entry


def bundled_net(name: str) -> BayesNet:
    """Return a net that comes with the package.

    Parameters
    ----------
    name : str
        The name of its file, such as ``"asia"``.

    Returns
    -------
    BayesNet

    Examples
    --------
    >>> print(bundled_net("cancer"))
    Pollution -> Cancer -> Dyspnoea; Smoker -> Cancer -> Xray
    """
    source = resources.files("natlat_sym") / "data" / f"{name}.bif"
    with resources.as_file(source) as path:
        return read_net(path)


def net_law(name: str) -> Dist:
    """Return the joint law of all variables of a net that comes with the package.

    Examples
    --------
    >>> len(net_law("asia"))
    128
    """
    return bundled_net(name).law()


_KORB = "Korb and Nicholson, Bayesian Artificial Intelligence (2004)"

_ITEMS = ("abany", "abdefect", "abnomore", "abhlth", "abpoor", "abrape", "absingle")


def _class_model(name: str, latent: str, classes: int) -> Entry:
    return Entry(
        name,
        name,
        f"a latent-class model of the survey with {classes} classes {latent}",
        "one of several agents trained on the same spreadsheet",
        "fitted by scripts/train_class_models.py to the data of zoo:gss, in thousandths",
        _ITEMS,
        (latent,),
        ((f"TC({';'.join(_ITEMS)}|{latent})", "0"),),
        partial(net_law, f"gss_classes_{latent.lower()}"),
    )


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "asia", "asia", "chest clinic: two causes of shortness of breath, one X-ray",
        "a net whose middle node mediates between two symptoms",
        "Lauritzen and Spiegelhalter, Local computations with probabilities (1988)",
        ("asia", "tub", "smoke", "lung", "bronc", "xray", "dysp"), ("either",),
        (
            ("I(xray;dysp|either)", "0"), ("TC(tub;lung;bronc|smoke)", "0"), ("I(tub;lung)", "0"),
            ("H(either|lung,tub)", "0"),
        ),
        partial(net_law, "asia"),
    ),
    Entry(
        "cancer", "cancer", "two causes and two signs of lung cancer",
        "an exact mediator that one sign hardly shows", _KORB,
        ("Pollution", "Smoker", "Xray", "Dyspnoea"), ("Cancer",),
        (("I(Xray;Dyspnoea|Cancer)", "0"), ("I(Pollution;Smoker)", "0")),
        partial(net_law, "cancer"),
    ),
    Entry(
        "earthquake", "earthquake", "an alarm with two causes, and two neighbours who call",
        "an exact mediator of two reports", _KORB,
        ("Burglary", "Earthquake", "JohnCalls", "MaryCalls"), ("Alarm",),
        (("I(JohnCalls;MaryCalls|Alarm)", "0"), ("I(Burglary;Earthquake)", "0")),
        partial(net_law, "earthquake"),
    ),
    _class_model("gss-classes-2", "A2", 2),
    _class_model("gss-classes-3", "B3", 3),
    _class_model("gss-classes-4", "C4", 4),
    _class_model("gss-classes-5", "D5", 5),
    _class_model("gss-classes-5b", "E5", 5),
)  # fmt: skip
