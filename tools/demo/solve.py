#!/usr/bin/python3
"""Makes src/demo/profiles.tsv: the recipients with mental health problems
of the demo round, as profiles with counts, such that every figure of
bergen-2014-published.json holds at once.

    tools/demo/solve.py PUBLISHED.json > src/demo/profiles.tsv

Run by hand and rarely; needs python3-scipy (HiGHS). The build reads only
the table. What the profiles hold is what the report printed something
about; the C generator adds the rest (units, numbers, other answers).

How: a plausible population first, the printed figures second. The seven
areas come from one common factor (areas of one person go together), the
distribution over all 5^7 profiles is raked to the printed margins, a
sample of 1,845 is drawn, and an integer program moves as few recipients as
it can to make the figures exact. Plans are made the same way. Children and
services need only exact draws within groups. The figures are then counted
again by tools/demo/verify.py, which shares no code with this."""
import itertools
import json
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import norm

N = 1845
AREAS = ["economy", "mental", "physical", "housing", "social", "network",
         "activity"]
WEIGHT = np.array([1, 2, 1, 2, 1, 1, 2])    # rules.md, times ten = sum
GRADES = ["green", "yellow", "red"]
INDEX = ["green", "yellow", "red", "bloodred"]
AGES = ["18-25", "26-35", "36-45", "46-55", "56+"]
AGE_SIZE = [233, 391, 424, 418, 379]        # own choice; the source has none

# Loading on the common factor, and how yellow splits into 2, 3 and 4.
# Many 4s: the index is red from a mean of 3.0 for 29 %, though 85 % are
# green on housing and 66 % on economy.
LOAD = dict(economy=.55, mental=.74, physical=.46, housing=.45, social=.74,
            network=.74, activity=.80)
YELLOW = dict(economy=(.34, .34, .32), mental=(.22, .38, .40),
              physical=(.32, .36, .32), housing=(.35, .33, .32),
              social=(.22, .36, .42), network=(.22, .35, .43),
              activity=(.26, .33, .41))

rng = np.random.default_rng(2014)


def figures(path):
    with open(path, encoding="utf-8") as f:
        return {x["id"]: x for x in json.load(f)["figures"]}


def rounds_to(pct, base):
    """The smallest and the largest n whose share of BASE prints as PCT."""
    ok = [n for n in range(base + 1) if (200 * n + base) // (2 * base) == pct]
    return ok[0], ok[-1]


def repair(sample, rows, low, high):
    """SAMPLE (counts) changed as little as possible such that LOW <= rows
    x counts <= HIGH. Random costs, so that no corner is preferred."""
    k = len(sample)
    up = 1 + rng.random(k)
    down = 1 + rng.random(k)
    down[sample == 0] = 1
    a = np.hstack([rows, -rows])
    at = rows @ sample
    r = milp(np.concatenate([up, down]), integrality=np.ones(2 * k),
             bounds=Bounds(np.zeros(2 * k),
                           np.concatenate([np.full(k, 50), sample])),
             constraints=LinearConstraint(a, low - at, high - at),
             options={"time_limit": 120, "mip_rel_gap": 0.02})
    if r.x is None:
        sys.exit("no solution: " + r.message)
    x = np.round(r.x).astype(int)
    print("  moved", x.sum() // 2, "of", sample.sum(), file=sys.stderr)
    return sample + x[:k] - x[k:]


def choose(weight, n):
    """N places drawn without replacement, likelier where WEIGHT is high."""
    weight = np.asarray(weight, float)
    if (weight > 0).sum() < n:
        sys.exit("too few to choose from")
    key = np.where(weight > 0, rng.random(len(weight)) **
                   (1 / np.maximum(weight, 1e-12)), -1)
    hit = np.zeros(len(weight), bool)
    hit[np.argsort(-key)[:n]] = True
    return hit


# ---- area profiles -------------------------------------------------------

def area_prior(profiles):
    z = np.linspace(-4.5, 4.5, 91)
    q = np.ones((len(z), len(profiles)))
    for j, area in enumerate(AREAS):
        g, y, r = FIG_PCT[area]
        share = np.array([g] + [y * s for s in YELLOW[area]] + [r]) / (g + y
                                                                       + r)
        cut = np.concatenate([[-np.inf], norm.ppf(np.cumsum(share)[:-1]),
                              [np.inf]])
        load = LOAD[area]
        x = (cut[None, :] - load * z[:, None]) / np.sqrt(1 - load * load)
        q *= np.diff(norm.cdf(x), axis=1)[:, profiles[:, j] - 1]
    w = norm.pdf(z)
    return w / w.sum() @ q


def solve_areas(fig):
    p = np.array(list(itertools.product(range(1, 6), repeat=7)))
    grade = np.digitize(p, [2, 5])
    index = np.digitize(p @ WEIGHT, [12, 30, 42])
    cell = grade[:, 6] * 4 + index
    table = np.array([fig["activity_%s_index_%s" % (g, i)]["n"]
                      for g in GRADES for i in INDEX])
    q = area_prior(p)
    for _ in range(300):
        for j, area in enumerate(AREAS[:6]):
            want = np.array(FIG_PCT[area]) / sum(FIG_PCT[area])
            q *= (want / np.bincount(grade[:, j], q, 3))[grade[:, j]]
        now = np.bincount(cell, q, 12)
        q *= np.where(now > 0, table / N / np.maximum(now, 1e-300), 0)[cell]
    drawn = np.bincount(rng.choice(len(p), N, p=q / q.sum()),
                        minlength=len(p))
    # The program may use the drawn profiles and as many again.
    spare = rng.choice(len(p), 1500, replace=False, p=q / q.sum())
    use = np.union1d(np.flatnonzero(drawn), spare)
    rows, low, high = [], [], []
    for c in range(12):
        rows.append(cell[use] == c)
        low.append(table[c])
        high.append(table[c])
    for j, area in enumerate(AREAS[:6]):
        for g, name in enumerate(GRADES):
            a, b = rounds_to(fig["%s_%s_pct" % (area, name)]["pct"], N)
            rows.append(grade[use, j] == g)
            low.append(a)
            high.append(b)
    # Two who are red on housing and on nothing else: their children are
    # printed.
    alone = (grade[use, 3] == 2) & ((grade[use] == 2).sum(1) == 1)
    rows.append(alone)
    low.append(4)
    high.append(N)
    count = repair(drawn[use], np.array(rows, float), np.array(low),
                   np.array(high))
    return np.repeat(p[use], count, axis=0)


# ---- sex, age, crisis ----------------------------------------------------

def solve_age(score):
    """Age group of each: older are worse on physical health, younger on
    economy and activity; beyond that as chance has it."""
    lean = (0.45 * score[:, 2] - 0.15 * score[:, 0] - 0.12 * score[:, 6]
            - 0.10 * score[:, 3] + rng.normal(0, 1.6, N))
    age = np.empty(N, int)
    age[np.argsort(lean)] = np.repeat(np.arange(5), AGE_SIZE)
    return age


# ---- plans ---------------------------------------------------------------

# i individual plan; m tiltaksplan, h handlingsplan, k kriseplan, o other;
# g group; c coordinator. The first number is the share among those who
# have any plan, the second among those who have none.
PLANS = [("-", 0, 900), ("c", 0, 100),
         ("i", 25, 0), ("ic", 140, 0),
         ("m", 350, 0), ("mc", 70, 0), ("mk", 30, 0), ("mh", 22, 0),
         ("mo", 14, 0),
         ("h", 11, 0), ("k", 14, 0), ("ko", 2, 0), ("o", 8, 0),
         ("hk", 3, 0), ("g", 150, 0), ("gc", 165, 0),
         ("img", 1, 0), ("imc", 2, 0), ("igc", 2, 0), ("mgc", 2, 0)]


def solve_plans(fig, index, age):
    """The plan of each, drawn within age and index and then repaired."""
    np_, na = len(PLANS), len(AGES)
    has = np.array([any(x in p for x in "imhkog") for p, _, _ in PLANS])
    sign = {x: np.array([x in p for p, _, _ in PLANS]) for x in "imhkogc"}
    other = sign["m"] | sign["h"] | sign["k"] | sign["o"]
    share = {0: 4 / 79, 1: 846 / 1229, 2: 357 / 523, 3: 12 / 14}
    sample = np.zeros((4, na, np_), int)
    for g in range(4):
        for a in range(na):
            n = ((index == g) & (age == a)).sum()
            ip = fig["ip_%s_pct" % AGES[a]]["pct"] / 11
            me = fig["measure_%s_pct" % AGES[a]]["pct"] / 32
            w = np.array([p[1] * (ip if "i" in p[0] else 1) *
                          (me if "m" in p[0] else 1) for p in PLANS], float)
            none = np.array([p[2] for p in PLANS], float)
            if g == 0:                      # few green have a plan at all
                none[1] = 10
            w = share[g] * w / w.sum() + (1 - share[g]) * none / none.sum()
            sample[g, a] = rng.multinomial(n, w)
    rows, low, high = [], [], []

    def need(mask, lo, hi):
        rows.append(np.asarray(mask, float).ravel())
        low.append(lo)
        high.append(hi)

    def grid(g=None, a=None, p=None):
        m = np.ones((4, na, np_), bool)
        if g is not None:
            m &= (np.arange(4) == g)[:, None, None]
        if a is not None:
            m &= (np.arange(na) == a)[None, :, None]
        if p is not None:
            m &= p[None, None, :]
        return m

    for g in range(4):
        for a in range(na):
            n = ((index == g) & (age == a)).sum()
            need(grid(g, a), n, n)
    for g, name in ((1, "yellow"), (2, "red"), (3, "bloodred")):
        n = fig["any_plan_" + name]["n"]
        need(grid(g, None, has), n, n)
    need(grid(0, None, has), 4, 4)          # and 6 with two kinds of plan
    for mask, name in ((sign["i"], "ip"), (other, "other_plan"),
                       (sign["g"], "group")):
        need(grid(None, None, mask), fig[name]["n"], fig[name]["n"])
    only = sign["c"] & ~has
    for a, name in enumerate(AGES):
        size = AGE_SIZE[a]
        need(grid(None, a, sign["i"]),
             *rounds_to(fig["ip_%s_pct" % name]["pct"], size))
        need(grid(None, a, sign["m"]),
             *rounds_to(fig["measure_%s_pct" % name]["pct"], size))
        f = fig["coordinator_%s_pct" % name]
        if "pct_below" in f:                # rounds to 0: "< 1 %"
            need(grid(None, a, only), 1, size * f["pct_below"] / 200 - 0.01)
        else:
            need(grid(None, a, only), *rounds_to(f["pct"], size))
    for mask, lo, hi in ((sign["k"], 35, 60), (sign["h"], 25, 50),
                         (sign["o"], 15, 28),
                         (sign["i"] & sign["c"], 165, 185)):
        need(grid(None, None, mask), lo, hi)
    for k in range(np_ - 4, np_):           # the six, of four sorts
        need(grid(None, None, np.arange(np_) == k), 1, 2)
    got = repair(sample.ravel(), np.array(rows), np.array(low),
                 np.array(high)).reshape(4, na, np_)
    plan = np.empty(N, object)
    for g in range(4):
        for a in range(na):
            who = np.flatnonzero((index == g) & (age == a))
            deal = np.repeat(np.arange(np_), got[g, a])
            rng.shuffle(deal)
            for i, k in zip(who, deal):
                plan[i] = PLANS[k][0]
    return plan


# ---- children ------------------------------------------------------------

CARE_SIZE = [1] * 105 + [2] * 90 + [3] * 27 + [4] * 6 + [5]     # 229: 395
CONTACT_SIZE = [1] * 70 + [2] * 37 + [3] * 10 + [4]             # 118: 178


def deal_children(who, sizes, obs_total, score, kinds):
    """Text such as d2/1 for each of WHO: kind, children, of them OBS."""
    sizes = np.array(sizes)
    rng.shuffle(sizes)
    obs = np.zeros(len(who), int)
    lean = np.exp(0.35 * (score[who] @ WEIGHT) / 10
                  + 0.5 * score[who, 1] - 2)
    while obs.sum() < obs_total:
        room = np.where(sizes > obs, lean, 0)
        # Where one child is a worry its sisters and brothers often are.
        room = room * np.where(obs > 0, 25, 1)
        obs[rng.choice(len(who), p=room / room.sum())] += 1
    kind = rng.choice([k for k, _ in kinds], len(who),
                      p=[p for _, p in kinds])
    return {i: "%s%d/%d" % (k, n, o)
            for i, k, n, o in zip(who, kind, sizes, obs)}


def solve_children(fig, score, age, sex):
    grade = np.digitize(score, [2, 5])
    house = grade[:, 3]
    elsewhere = (np.delete(grade, 3, 1) == 2).any(1)
    by_age = np.array([0.35, 1.0, 1.3, 0.55, 0.06])[age]
    care_w = by_age * np.where(sex == "f", 1.25, 0.6)
    care_w = care_w * np.where(elsewhere, 0.6, 1)
    kin_w = by_age * np.where(sex == "f", 0.6, 1.4)
    child = np.full(N, "-", object)
    taken = np.zeros(N, bool)

    def draw(weight, mask, n):
        hit = choose(np.where(mask & ~taken, weight, 0), n)
        taken[hit] = True
        return np.flatnonzero(hit)

    # Printed: those not green on housing are mostly not red elsewhere, and
    # the two red on housing are red on nothing else.
    calm = np.where(elsewhere, 0.15, 1.0)
    red = draw(kin_w + .1, (house == 2) & ~elsewhere,
               fig["housing_red_contact"]["n"])
    care_y = draw(care_w * calm, house == 1, fig["housing_yellow_care"]["n"])
    care_g = draw(care_w, house == 0, fig["care"]["n"] - len(care_y))
    kin_y = draw(kin_w * calm, house == 1,
                 fig["housing_yellow_contact"]["n"])
    kin_g = draw(kin_w, house == 0,
                 fig["contact"]["n"] - len(red) - len(kin_y))
    care = np.concatenate([care_y, care_g])
    kin = np.concatenate([red, kin_y, kin_g])
    text = deal_children(care, CARE_SIZE, fig["care_obs"]["n"], score,
                         [("d", 0.74), ("s", 0.26)])
    text.update(deal_children(kin, CONTACT_SIZE, fig["contact_obs"]["n"],
                              score, [("a", 0.56), ("n", 0.44)]))
    for i, t in text.items():
        child[i] = t
    return child


# ---- services ------------------------------------------------------------

def solve_services(fig, score, index, age, undone):
    """Letters: P permanent, T temporary, K KVP; F first line, with g GP,
    t therapy, u talks outside, h talks at home; O outpatient, I inpatient,
    X other mental specialist service."""
    n = {k: fig[k]["n"] for k in ("nav_permanent", "nav_temporary",
                                  "nav_kvp", "talks_out", "therapy",
                                  "talks_home", "mental_outpatient",
                                  "mental_inpatient")}
    done = ~undone
    red = index == 2
    total = score @ WEIGHT / 10
    letters = [set() for _ in range(N)]

    def mark(hit, letter):
        for i in np.flatnonzero(hit):
            letters[i].add(letter)

    # Income. One benefit at a time for nearly all.
    nav = choose(np.where(red, 1, 0), fig["red_nav"]["n"])
    nav |= choose(np.where(done & ~red, total ** 1.2 *
                           np.array([.8, .9, 1, 1.1, .7])[age], 0), 712)
    old = np.array([.07, .45, 1.0, 1.6, 2.4])[age]
    perm = choose(np.where(nav, old * np.exp(0.25 * total), 0),
                  n["nav_permanent"])
    rest = nav & ~perm
    both = 1176 - nav.sum()                 # marks beyond one a person
    kvp = choose(np.where(rest, np.array([1.2, 1.3, .9, .5, .08])[age], 0),
                 n["nav_kvp"])
    temp = rest & ~kvp
    more = n["nav_temporary"] - temp.sum()
    if more != both or more < 0:
        sys.exit("nav: %d %d" % (more, both))
    temp |= choose(np.where(perm, 0.3, np.where(kvp, 1, 0)), more)
    for hit, letter in ((perm, "P"), (temp, "T"), (kvp, "K")):
        mark(hit, letter)

    # First line. No one who is red is without both NAV and first line.
    first = choose(np.where(red, np.where(nav, 1.0, 1e6), 0),
                   fig["red_firstline"]["n"])
    first |= choose(np.where(done & (index == 1), np.where(nav, 1, 6), 0),
                    1046)
    first |= choose(np.where(index == 0, 1, 0), 66)
    first |= choose(np.where(index == 3, 1, 0), 13)
    mark(first, "F")
    gp = N - undone.sum() - fig["no_gp"]["n"]
    mark(choose(np.where(first, 0.5 + 0.25 * score[:, 2] + 0.1 * age, 0),
                gp), "g")
    mark(choose(np.where(first, 0.35 + 0.22 * score[:, 1], 0),
                n["therapy"]), "t")
    home = choose(np.where(first, np.exp(0.28 * total) *
                           np.array([.6, .8, 1, 1.2, 1.5])[age], 0),
                  n["talks_home"])
    mark(home, "h")
    mark(choose(np.where(first, np.where(home, 0.55, 1.0), 0),
                n["talks_out"]), "u")

    # Specialist. The printed 1,090 can't be; see contradictions.
    spec = choose(np.where(red, total, 0), fig["red_specialist"]["n"])
    spec |= (choose(np.where((index == 1) & done, score[:, 1] ** .8, 0),
                    1229 - fig["yellow_no_specialist"]["n"]
                    - (undone & (index == 1)).sum()))
    spec |= choose(np.where((index == 0) & done, 1, 0), 33)
    spec |= choose(np.where(index == 3, 1, 0), 13)
    out = choose(np.where(spec, 1.5 + np.array([.6, .5, .3, .1, 0])[age], 0),
                 n["mental_outpatient"])
    inn = choose(np.where(spec, np.exp(0.75 * total)
                          * np.where(out, 0.6, 1.0), 0),
                 n["mental_inpatient"])
    other = spec & ~out & ~inn
    other |= choose(np.where(spec & (out | inn), np.exp(.4 * total), 0), 76)
    for hit, letter in ((out, "O"), (inn, "I"), (other, "X")):
        mark(hit, letter)
    order = "PTKFgtuhOIX"
    return np.array(["!" if u else
                     "".join(x for x in order if x in s) or "-"
                     for s, u in zip(letters, undone)], object)


def main():
    global FIG_PCT
    fig = figures(sys.argv[1])
    FIG_PCT = {a: [fig["%s_%s_pct" % (a, g)]["pct"] for g in GRADES]
               for a in AREAS}
    print("areas", file=sys.stderr)
    score = solve_areas(fig)
    index = np.digitize(score @ WEIGHT, [12, 30, 42])
    age = solve_age(score)
    print("plans", file=sys.stderr)
    plan = solve_plans(fig, index, age)
    # Men more often in bad housing, out of activity, with bad economy.
    male = choose(np.exp(0.12 * score[:, 3] + 0.06 * score[:, 6]
                         + 0.06 * score[:, 0]
                         + np.array([.0, .1, .05, 0, -.15])[age]),
                  fig["men"]["n"])
    sex = np.where(male, "m", "f")
    child = solve_children(fig, score, age, sex)
    undone = choose(np.where(index == 1, 1, np.where(index == 0, .5, 0)), 9)
    service = solve_services(fig, score, index, age, undone)
    calm = np.array([not set("I") & set(s) for s in service])
    settled = np.array(["P" in s for s in service])
    crisis = choose(np.where(calm, np.array([1.5, 1.2, 1, .9, .6])[age]
                             * np.where(settled, .25, 1)
                             * np.where(index == 1, 1, .5), 0),
                    fig["crisis"]["n"])
    rows = sorted("\t".join(["".join(map(str, score[i])), AGES[age[i]],
                             sex[i], "1" if crisis[i] else "0", plan[i],
                             child[i], service[i]]) for i in range(N))
    print("# Made by tools/demo/solve.py; do not edit. Recipients with"
          " target_group = mental.\n"
          "# scores: economy mental physical housing social network"
          " activity.\n"
          "# plans: i ip, m measure, h action, k crisis, o other, g group,"
          " c coordinator.\n"
          "# children: d daily, s shared care; a agreed, n some contact;"
          " children/OBS.\n"
          "# services: P permanent, T temporary, K kvp; F any first line,"
          " g gp, t therapy,\n"
          "# u talks_out, h talks_home; O outpatient, I inpatient,"
          " X other; ! not gone through.\n"
          "count\tscores\tage\tsex\tcrisis\tplans\tchildren\tservices")
    for text, same in itertools.groupby(rows):
        print("%d\t%s" % (len(list(same)), text))


if __name__ == "__main__":
    main()
