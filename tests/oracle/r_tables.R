# r_tables.R - the tables of a 2014 round computed again, in another language.
#
#   Rscript r_tables.R list ROWS.csv          the questions, one a line:
#                                             number|command|rows|columns|
#                                             where|sum
#   Rscript r_tables.R compare ROWS.csv DIR   DIR/NUMBER.out, what the program
#                                             answered, against R's answer
#   Rscript r_tables.R self                   this script against answers that
#                                             were found by hand
#
# ROWS.csv is what `brukerplan export --format csv` wrote. Everything that
# follows from the answers is computed here anew, from the rules and the
# codebook: the program's definition of the instrument is not read. Only which
# units a round has, and their order, is taken from the program, because no
# registration says it.

options(warn = 2, scipen = 999)
suppressPackageStartupMessages(library(jsonlite))

# ---- The codebook ---------------------------------------------------------

areas <- c("substance", "economy", "mental", "physical", "housing", "social",
           "network", "activity")
weights <- c(substance = 2, economy = 1, mental = 2, physical = 1,
             housing = 2, social = 1, network = 1, activity = 2)
plans <- c("plan_measure", "plan_action", "plan_crisis", "plan_other")
group_members <- c("group_nav", "group_social", "group_specialist",
                   "group_health", "group_other")
use <- c("use_alcohol", "use_cannabis", "use_opioids", "use_stimulants",
         "use_medicines", "use_other")

services <- list(
  temp_housing = c("temp_housing_followup", "temp_housing_plain"),
  housing = c("housing_advice", "housing_viewing", "housing_moving",
              "housing_visit", "housing_adl"),
  health = c("gp", "therapy", "talks_out", "talks_home", "care_home",
             "care_out", "person_adl", "referral", "escort",
             "coordination"),
  child_welfare = "child_measures",
  care = c("basic_needs", "social_contact", "support_talks"),
  work_training = c("training_bound", "training_free"),
  support_contact = c("contact_single", "contact_group"),
  education = c("courses", "adult_school", "intro_programme",
                "mb_programme"),
  nav = c("nav_permanent", "nav_temporary", "nav_kvp", "nav_ips",
          "nav_los"),
  specialist = c("mental_outpatient", "mental_inpatient", "mental_other",
                 "substance_outpatient", "substance_inpatient"))

levels_of_use <- c("none", "some", "main")
codes <- c(list(
  sex = c("male", "female", "other"),
  target_group = c("mental", "substance", "dual"),
  care = c("none", "daily", "shared"),
  contact = c("none", "agreed", "some"),
  age_group = c("18-25", "26-35", "36-45", "46-55", "56+"),
  index_grade = c("green", "yellow", "red", "bloodred")),
  setNames(rep(list(levels_of_use), length(use)), use),
  setNames(rep(list(c("green", "yellow", "red")), length(areas)),
           paste0(areas, "_grade")),
  setNames(rep(list(as.character(1:5)), length(areas)), areas))

ints <- c("year", "period", "tier", "birth_year", "care_children",
          "care_obs", "contact_children", "contact_obs", "age", "children",
          "obs")
of_units <- c("unit", "units_serving")
# The rest are yes or no.

# ---- Answers --------------------------------------------------------------

# A variable is its values, NA where there is none, and why there is none.
variable <- function(value, why) {
  list(value = value, why = ifelse(is.na(value), why, ""))
}

read_rows <- function(file) {
  header <- readLines(file, n = 1, encoding = "UTF-8")
  sep <- if (grepl(";", header, fixed = TRUE)) ";" else ","
  read.table(file, header = TRUE, sep = sep, quote = "\"", dec = ".",
             colClasses = "character", na.strings = character(),
             comment.char = "", check.names = FALSE, fill = FALSE,
             fileEncoding = "UTF-8-BOM", stringsAsFactors = FALSE)
}

column <- function(raw, name) {
  if (name %in% names(raw)) raw[[name]] else rep("", nrow(raw))
}

# Complete, and not superseded by another.
that_count <- function(raw) {
  raw[column(raw, "status") %in% c("", "complete")
      & column(raw, "superseded_by") == "", , drop = FALSE]
}

entered <- function(raw, name, asked = TRUE) {
  text <- column(raw, name)
  none <- text %in% c("", "unknown")
  why <- ifelse(text == "unknown", "unknown", "unanswered")
  asked <- rep_len(asked, length(text))
  text[none | !asked] <- NA
  variable(text, ifelse(asked, why, "not_asked"))
}

number <- function(v) variable(as.numeric(v$value), v$why)
eq <- function(v, what) !is.na(v$value) & v$value %in% what
nothing <- function(v) is.na(v$value)
# What follows from other variables is unanswered or has a value.
derived <- function(value) variable(value, rep("unanswered", length(value)))
none_answered <- function(parts) Reduce(`&`, lapply(parts, nothing))
any_yes <- function(parts) {
  yes <- Reduce(`|`, lapply(parts, eq, "1"))
  derived(ifelse(none_answered(parts), NA, ifelse(yes, "1", "0")))
}
total <- function(parts) {
  sums <- Reduce(`+`, lapply(parts, function(v)
    ifelse(is.na(v$value), 0, v$value)))
  derived(ifelse(none_answered(parts), NA, sums))
}

add_background <- function(d, raw) {
  for (name in c("municipality", "unit", "sex", "target_group", "care",
                 "contact", "opioid_treatment", "registered_on"))
    d[[name]] <- entered(raw, name)
  for (name in setdiff(ints, c("age", "children", "obs")))
    d[[name]] <- number(entered(raw, name))
  d$crisis <- entered(raw, "crisis", eq(d$target_group, "mental"))
  d$units_serving <- entered(raw, "units_serving")
  d$children <- total(d[c("care_children", "contact_children")])
  d$obs <- total(d[c("care_obs", "contact_obs")])
  d$has_care <- derived(ifelse(nothing(d$care), NA,
    ifelse(eq(d$care, c("daily", "shared")), "1", "0")))
  d$has_contact <- derived(ifelse(nothing(d$contact), NA,
    ifelse(eq(d$contact, c("agreed", "some")), "1", "0")))
  age <- d$year$value - d$birth_year$value
  d$age <- derived(age)
  d$age_group <- derived(as.character(
    cut(age, c(17, 25, 35, 45, 55, Inf), labels = codes$age_group)))
  d
}

add_plans <- function(d, raw) {
  for (name in c("ip", plans, "coordinator", "group"))
    d[[name]] <- entered(raw, name)
  d$ip_declined <- entered(raw, "ip_declined", eq(d$ip, "0"))
  for (name in group_members)
    d[[name]] <- entered(raw, name, eq(d$group, "1"))
  d$other_plan <- any_yes(d[plans])
  d$any_plan <- any_yes(d[c("ip", plans, "group")])
  d$only_coordinator <- derived(ifelse(nothing(d$coordinator), NA,
    ifelse(eq(d$coordinator, "1") & !eq(d$any_plan, "1"), "1", "0")))
  d
}

index_value <- function(d) {
  scores <- do.call(cbind, lapply(d[areas], function(v)
    as.numeric(v$value)))
  asked <- do.call(cbind, lapply(d[areas], function(v)
    v$why != "not_asked"))
  has <- !is.na(scores)
  weight <- drop(has %*% weights[areas])
  points <- drop(ifelse(has, scores, 0) %*% weights[areas])
  few <- rowSums(asked & !has) > 1 | weight == 0
  ifelse(few, NA, (points * 1000 + weight %/% 2) %/% weight)
}

add_scores <- function(d, raw) {
  on_substance <- eq(d$target_group, c("substance", "dual"))
  for (name in areas)
    d[[name]] <- entered(raw, name, name != "substance" | on_substance)
  for (name in c(use, "injecting"))
    d[[name]] <- entered(raw, name, on_substance)
  for (name in areas)
    d[[paste0(name, "_grade")]] <- derived(
      c("green", "yellow", "yellow", "yellow",
        "red")[as.integer(d[[name]]$value)])
  d$index <- derived(index_value(d))
  d$index_grade <- derived(
    codes$index_grade[findInterval(d$index$value, c(0, 1200, 3000, 4200))])
  d
}

add_services <- function(d, raw) {
  done <- column(raw, "services_done") != "0"
  for (name in unlist(services)) for (tick in c("_r", "_w")) {
    text <- column(raw, paste0("svc_", name, tick))
    d[[paste0("svc_", name, tick)]] <-
      derived(ifelse(done, ifelse(text == "1", "1", "0"), NA))
  }
  groups <- services
  groups$mental_specialist <- grep("^mental_", services$specialist,
                                   value = TRUE)
  groups$firstline <- unlist(services[setdiff(names(services),
                                              c("nav", "specialist"))])
  for (name in names(groups)) for (tick in c("_r", "_w"))
    d[[paste0(name, tick)]] <-
      any_yes(d[paste0("svc_", groups[[name]], tick)])
  d
}

answers <- function(raw) {
  raw <- that_count(raw)
  add_services(add_scores(add_plans(add_background(list(), raw), raw), raw),
               raw)
}

# ---- Questions ------------------------------------------------------------

# A filter stands twice: in the program's language and in R's.
filters <- function(d) {
  first_unit <- sort(unique(d$unit$value))[1]
  chosen <- unique(unlist(strsplit(
    d$units_serving$value[!nothing(d$units_serving)], "|", fixed = TRUE)))
  two <- c(sort(chosen), first_unit, first_unit)[1:2]
  day <- sort(d$registered_on$value)
  day <- if (length(day) > 0) day[(length(day) + 1) %/% 2] else "2014-06-01"
  compare <- function(v, test) !is.na(v$value) & test(v$value)
  list(
    all = list("", TRUE),
    mental = list("target_group = mental", eq(d$target_group, "mental")),
    substance = list("target_group in {substance, dual}",
                     eq(d$target_group, c("substance", "dual"))),
    men = list("target_group = mental and sex = male",
               eq(d$target_group, "mental") & eq(d$sex, "male")),
    not_men = list("not sex = male", !eq(d$sex, "male")),
    other_sex = list("sex != male", compare(d$sex, function(x)
      x != "male")),
    worst = list("index >= 3000 and not (index_grade = bloodred)",
                 compare(d$index, function(x) x >= 3000)
                 & !eq(d$index_grade, "bloodred")),
    edges = list("index = 1200 or index < 1100 or index > 4200",
                 compare(d$index, function(x)
                   x == 1200 | x < 1100 | x > 4200)),
    parents = list("care_children > 0 or contact_children > 0",
                   compare(d$care_children, function(x) x > 0)
                   | compare(d$contact_children, function(x) x > 0)),
    carers = list("has_care = 1 and children >= 2",
                  eq(d$has_care, "1")
                  & compare(d$children, function(x) x >= 2)),
    young = list("age <= 35 and age >= 18 or age_group = \"56+\"",
                 compare(d$age, function(x) x >= 18 & x <= 35)
                 | eq(d$age_group, "56+")),
    blank_plan = list("ip is blank or coordinator is unknown",
                      nothing(d$ip) | d$coordinator$why == "unknown"),
    unasked = list("crisis is unasked and substance is answered",
                   d$crisis$why == "not_asked" & !nothing(d$substance)),
    in_group = list("group = 1", eq(d$group, "1")),
    scores = list("housing in {4, 5} and (mental != 1 or physical < 3)",
                  eq(d$housing, c("4", "5"))
                  & (compare(d$mental, function(x) x != "1")
                     | compare(d$physical, function(x) x < "3"))),
    unit = list(paste0("unit = ", first_unit), eq(d$unit, first_unit)),
    served = list(paste0("units_serving in {", two[1], ", \"", two[2],
                         "\"}"),
                  has_unit(d, two[1]) | has_unit(d, two[2])),
    early = list(paste0("registered_on < ", day),
                 compare(d$registered_on, function(x) x < day)),
    services = list(paste("svc_gp_r = 1 and not nav_w = 1",
                          "or firstline_r = 0"),
                    eq(d$svc_gp_r, "1") & !eq(d$nav_w, "1")
                    | eq(d$firstline_r, "0")),
    nobody = list("year < 1900", rep(FALSE, length(d$sex$value))))
}

has_unit <- function(d, unit) {
  vapply(strsplit(d$units_serving$value, "|", fixed = TRUE),
         function(units) unit %in% units, TRUE)
}

ask <- function(rows, columns = "", where = "all", sum = "") {
  list(command = "table", rows = rows, columns = columns, where = where,
       sum = sum)
}

how_many <- function(where, sum = "") {
  list(command = "count", rows = character(), columns = "", where = where,
       sum = sum)
}

grades_of <- function(names) paste0(names, "_grade")
some_services <- c("svc_gp_r", "svc_therapy_r", "svc_nav_ips_w",
                   "svc_mental_outpatient_r")
categories <- c("nav_r", "specialist_r", "mental_specialist_r",
                "firstline_r", "housing_w", "care_w")

questions <- c(
  lapply(c("sex", "age_group", "target_group", "tier", "unit",
           "care_children", "age", "birth_year", "children", "obs",
           "index_grade", "economy", "substance", "substance_grade", "ip",
           "ip_declined", "only_coordinator", "any_plan", "group_nav",
           "units_serving", "use_alcohol", "injecting", "nav_r",
           "opioid_treatment", "year"), ask),
  list(
    ask("crisis", where = "mental"), ask("care", where = "mental"),
    ask("contact", where = "parents"), ask("housing", where = "young"),
    ask("sex", where = "blank_plan"), ask("tier", where = "unasked"),
    ask("age", where = "nobody"), ask("sex", where = "nobody"),
    ask("index_grade", where = "worst"), ask("index_grade", where = "edges"),
    ask("age_group", where = "not_men"),
    ask("age_group", where = "other_sex"),
    ask("sex", where = "early"), ask("units_serving", where = "unit"),
    ask("unit", where = "served"), ask("age_group", where = "services"),

    ask("activity_grade", "index_grade", "mental"),
    ask("sex", "age_group", "mental"), ask("unit", "index_grade"),
    ask("care", "index_grade", "parents"), ask("target_group", "tier"),
    ask("age", "sex", "men"), ask("care_children", "care_obs"),
    ask("any_plan", "index_grade", "scores"), ask("sex", "sex"),
    ask("units_serving", "sex"), ask("units_serving", "tier", "substance"),
    ask("crisis", "opioid_treatment"), ask("age_group", "age", "young"),
    ask("use_alcohol", "injecting", "substance"),

    ask(grades_of(areas[-1]), where = "mental"),
    ask(grades_of(areas), where = "substance"), ask(areas),
    ask(use, where = "substance"), ask(use),
    ask(c("care_children", "contact_children")),
    ask(c("ip", plans, "coordinator", "group")),
    ask(group_members), ask(group_members, where = "in_group"),
    ask(some_services), ask(categories, where = "mental"),
    ask(c("ip", "other_plan", "any_plan", "only_coordinator"),
        "index_grade", "mental"),
    ask(some_services, "sex"), ask(group_members, "tier"),
    ask(categories, "age_group"), ask(c("ip", "ip_declined"), "children"),
    ask(c("has_care", "has_contact"), "index_grade", "carers"),

    ask("index_grade", where = "mental", sum = "care_children"),
    ask("unit", sum = "children"), ask("age_group", sum = "obs"),
    ask("care", "index_grade", "mental", "care_obs"),
    ask("sex", "age_group", "carers", "children"),
    ask("units_serving", sum = "contact_children"),
    ask("units_serving", "sex", sum = "children"),
    ask(grades_of(areas), sum = "children"),
    ask(c("ip", plans), where = "mental", sum = "care_children"),
    ask(categories, "index_grade", sum = "obs"),
    ask("care_children", sum = "care_children"),
    ask("sex", sum = "age", where = "nobody"),

    how_many("all"), how_many("men"), how_many("served"),
    how_many("nobody"), how_many("scores"),
    how_many("all", "children"), how_many("mental", "care_obs"),
    how_many("nobody", "age")))

# ---- Answers to them ------------------------------------------------------

kind_of <- function(name) {
  if (name %in% ints) "int"
  else if (name == "units_serving") "codes"
  else if (name == "unit" || name %in% names(codes)) "code"
  else "bool"
}

# The keys of a variable; of an int those between the VALUES it has.
keys_of <- function(name, values, units) {
  if (name %in% of_units) return(units)
  if (name %in% names(codes)) return(codes[[name]])
  if (kind_of(name) == "bool") return(c("1", "0"))
  if (length(values) == 0) return(character())
  as.character(seq(min(values), max(values)))
}

# One number a row: what it adds to its cell.
adds <- function(d, sum) {
  if (sum == "") return(rep(1, length(d$sex$value)))
  ifelse(is.na(d[[sum]]$value), 0, d[[sum]]$value)
}

reasons <- c("unanswered", "unknown", "not_asked")
outside <- function(hold, row, column) {
  why <- ifelse(row$why != "", row$why, column$why)
  as.vector(table(factor(why[hold], reasons)))
}

# Sums of ADD by two factors as a matrix.
cross <- function(row, column, row_keys, column_keys, add) {
  cells <- matrix(0, length(row_keys), length(column_keys))
  at <- cbind(match(row, row_keys), match(column, column_keys))
  stopifnot(!anyNA(at))
  for (i in seq_along(add))
    cells[at[i, 1], at[i, 2]] <- cells[at[i, 1], at[i, 2]] + add[i]
  cells
}

answer_keyed <- function(q, d, hold, units) {
  add <- adds(d, q$sum)
  everybody <- variable(rep("1", length(hold)), "")
  row <- d[[q$rows]]
  column <- if (q$columns == "") everybody else d[[q$columns]]
  has <- which(hold & !nothing(row) & !nothing(column))
  column_keys <- if (q$columns == "") "1"
                 else keys_of(q$columns, column$value[has], units)
  row_keys <- keys_of(q$rows, row$value[has], units)
  if (kind_of(q$rows) == "codes") {
    chosen <- strsplit(row$value[has], "|", fixed = TRUE)
    who <- rep(has, lengths(chosen))
    row_value <- unlist(chosen)
  } else {
    who <- has
    row_value <- row$value[has]
  }
  cells <- cross(as.character(row_value), as.character(column$value[who]),
                 row_keys, column_keys, add[who])
  list(base = length(has), cells = as.vector(t(cells)),
       outside = outside(hold, row, column), row_keys = row_keys,
       column_keys = if (q$columns == "") NULL else column_keys)
}

# Several variables: a line each.
answer_battery <- function(q, d, hold, units) {
  add <- adds(d, q$sum)
  ticks <- kind_of(q$rows[1]) == "bool"
  everybody <- variable(rep("1", length(hold)), "")
  across <- function(name) {
    if (!ticks) d[[name]]
    else if (q$columns == "") everybody
    else d[[q$columns]]
  }
  has <- lapply(q$rows, function(name)
    which(hold & !nothing(d[[name]]) & !nothing(across(name))))
  values <- unlist(Map(function(name, who) across(name)$value[who], q$rows,
                       has))
  key_name <- if (!ticks) q$rows[1] else q$columns
  keys <- if (key_name == "") "1" else keys_of(key_name, values, units)
  cells <- Map(function(name, who) {
    if (ticks) who <- who[d[[name]]$value[who] == "1"]
    as.vector(cross(rep("x", length(who)),
                    as.character(across(name)$value[who]), "x", keys,
                    add[who]))
  }, q$rows, has)
  list(base = lengths(has), cells = unlist(cells, use.names = FALSE),
       outside = unlist(lapply(q$rows, function(name)
         outside(hold, d[[name]], across(name)))),
       column_keys = if (key_name == "") NULL else keys)
}

answer <- function(q, d, units) {
  hold <- rep_len(filters(d)[[q$where]][[2]], length(d$sex$value))
  if (q$command == "count") return(sum(adds(d, q$sum)[hold]))
  if (length(q$rows) == 1) answer_keyed(q, d, hold, units)
  else answer_battery(q, d, hold, units)
}

# ---- Comparing ------------------------------------------------------------

words <- function(q, d) {
  paste(c(q$command, if (length(q$rows)) paste(q$rows, collapse = ","),
          if (q$columns != "") paste("by", q$columns),
          if (q$where != "all") paste("where", filters(d)[[q$where]][[1]]),
          if (q$sum != "") paste("sum", q$sum)), collapse = " ")
}

show <- function(x) {
  text <- paste(head(x, 40), collapse = " ")
  if (length(x) > 40) paste0(text, " ... (", length(x), ")") else text
}

# Lines that say what differs in PART.
difference <- function(part, theirs, ours) {
  theirs <- unlist(theirs, use.names = FALSE)
  ours <- unlist(ours, use.names = FALSE)
  if (length(theirs) == length(ours) && all(theirs == ours))
    return(character())
  c(paste0("  ", part, ", program: ", show(theirs)),
    paste0("  ", part, ", R:       ", show(ours)))
}

compare_table <- function(q, d, json) {
  ours <- answer(q, d, unlist(json$rows$keys))
  several <- length(q$rows) > 1
  c(difference("rows", if (several) json$rows$variables
                       else json$rows$variable, q$rows),
    difference("where", json$where, filters(d)[[q$where]][[1]]),
    difference("sum", if (is.null(json$sum)) "" else json$sum, q$sum),
    difference("multiple", isTRUE(json$multiple),
               "units_serving" %in% q$rows),
    if (!several) difference("row keys", json$rows$keys, ours$row_keys),
    if (!is.null(ours$column_keys))
      difference("column keys", json$columns$keys, ours$column_keys),
    if (q$columns != "")
      difference("columns", json$columns$variable, q$columns),
    difference("base", json$base, ours$base),
    difference("cells", json$cells, ours$cells),
    difference("outside", lapply(
      if (several) json$outside else list(json$outside),
      function(o) o[reasons]), ours$outside))
}

compare_one <- function(q, d, file) {
  if (!file.exists(file) || file.size(file) == 0)
    return("  the program did not answer")
  text <- paste(readLines(file, encoding = "UTF-8", warn = FALSE),
                collapse = "\n")
  if (q$command == "count")
    return(difference("count", trimws(text), format(answer(q, d, NULL))))
  compare_table(q, d, fromJSON(text, simplifyVector = FALSE))
}

compare_all <- function(d, dir) {
  bad <- 0
  for (i in seq_along(questions)) {
    q <- questions[[i]]
    found <- tryCatch(
      compare_one(q, d, file.path(dir, paste0(i, ".out"))),
      error = function(e) paste("  R:", conditionMessage(e)))
    if (length(found) == 0) next
    bad <- bad + 1
    cat(i, ": ", words(q, d), "\n", sep = "")
    writeLines(found)
  }
  if (bad > 0) {
    cat(bad, "of", length(questions), "tables differ\n")
    quit(status = 1)
  }
  cat("ok", length(questions), "tables\n")
}

list_questions <- function(d) {
  for (i in seq_along(questions)) {
    q <- questions[[i]]
    cat(i, q$command, paste(q$rows, collapse = ","), q$columns,
        filters(d)[[q$where]][[1]], q$sum, sep = "|")
    cat("\n")
  }
}

# ---- This script itself ---------------------------------------------------

# What R makes of r_rows.csv, against what was worked out by hand.
self_test <- function(file) {
  d <- answers(read_rows(file))
  units <- c("a", "b", "c")
  same <- function(q, base, cells, out) {
    got <- answer(q, d, units)
    if (!identical(as.numeric(got$base), base)
        || !identical(as.numeric(got$cells), cells)
        || !identical(as.numeric(got$outside), out))
      stop(words(q, d), ": ", show(got$base), " / ", show(got$cells), " / ",
           show(got$outside))
  }
  stopifnot(
    identical(d$index$value, c(1000, 3167, 4545, NA, 1500, NA)),
    identical(d$index_grade$value,
              c("green", "red", "bloodred", NA, "yellow", NA)),
    identical(d$age$value, c(25, 26, 56, NA, 18, 60)),
    identical(d$age_group$value,
              c("18-25", "26-35", "56+", NA, "18-25", "56+")),
    identical(d$any_plan$value, c("1", "0", "1", NA, "0", "0")),
    identical(d$only_coordinator$value, c("0", "1", NA, "1", NA, NA)),
    identical(d$children$value, c(2, 0, 3, NA, NA, 1)),
    identical(d$crisis$why,
              c("", "not_asked", "not_asked", "unanswered", "unknown",
                "not_asked")),
    identical(d$nav_r$value, c("1", "0", "0", "0", NA, "0")),
    identical(d$firstline_r$value, c("1", "0", "0", "0", NA, "1")))
  same(ask("sex"), 5, c(2, 3, 0), c(0, 1, 0))
  same(ask("sex", "any_plan"), 4, c(1, 1, 1, 1, 0, 0), c(1, 1, 0))
  same(ask("tier"), 6, c(4, 0, 2), c(0, 0, 0))
  same(ask("units_serving"), 4, c(2, 3, 1), c(1, 1, 0))
  same(ask("units_serving", sum = "children"), 4, c(5, 3, 1), c(1, 1, 0))
  same(ask("sex", where = "mental", sum = "children"), 3, c(2, 0, 0),
       c(0, 0, 0))
  same(ask(group_members), c(1, 1, 1, 1, 1), c(1, 0, 0, 0, 0),
       c(0, 0, 5, 0, 0, 5, 0, 0, 5, 0, 0, 5, 0, 0, 5))
  same(ask(c("ip", "coordinator"), "sex"), c(4, 3), c(1, 0, 0, 1, 2, 0),
       c(1, 1, 0, 1, 2, 0))
  same(ask(c("mental", "housing")), c(5, 4),
       c(2, 0, 2, 0, 1, 2, 0, 0, 0, 2), c(1, 0, 0, 2, 0, 0))
  same(ask("age", where = "nobody"), 0, numeric(), c(0, 0, 0))
  stopifnot(answer(how_many("all"), d, NULL) == 6,
            answer(how_many("all", "children"), d, NULL) == 6,
            answer(how_many("mental", "children"), d, NULL) == 2)
  for (q in questions) answer(q, d, units)
  cat("ok\n")
}

main <- function(args) {
  if (identical(args, "self")) {
    here <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE),
                                     value = TRUE))
    self_test(file.path(dirname(here), "r_rows.csv"))
  } else if (length(args) == 2 && args[1] == "list") {
    list_questions(answers(read_rows(args[2])))
  } else if (length(args) == 3 && args[1] == "compare") {
    compare_all(answers(read_rows(args[2])), args[3])
  } else {
    stop("usage: r_tables.R list ROWS.csv | compare ROWS.csv DIR | self")
  }
}

main(commandArgs(TRUE))
