# check.R - a comparison computed again: which differences R marks, by its own
# fisher.test and p.adjust, against those that the report names.
#
#   Rscript check.R REPORT.json REPORT.txt OWN
#
# Both are the same report in bokmål with --compare; OWN is the key of our own
# round in its tables ("1201-2014-5"). Nothing of the program is used but the
# numbers it prints.
options(warn = 2, scipen = 999)
suppressPackageStartupMessages(library(jsonlite))
args <- commandArgs(trailingOnly = TRUE)
report <- fromJSON(args[1], simplifyVector = FALSE)
text <- readLines(args[2], encoding = "UTF-8")
text <- gsub("\u00a0", " ", text)
own <- args[3]

# Every cell of a compared table: table, row's label, round, n, of.
cells_of <- function(t) {
  value <- function(x) if (is.null(x)) NA else x
  n <- lapply(t$cells, function(r) sapply(r, value))
  of <- lapply(t$of, function(r) sapply(r, value))
  rows <- unlist(t$rows$variables)
  columns <- unlist(t$columns$keys)
  by_rows <- t$share_of == "rows"
  out <- list()
  for (i in seq_along(n)) for (k in seq_along(n[[i]])) {
    out[[length(out) + 1]] <- data.frame(
      table = t$table, title = t$title,
      round = if (by_rows) rows[i] else columns[k],
      label = unlist(if (by_rows) t$columns$labels[k] else t$rows$labels[i]),
      place = if (by_rows) k else i,
      round_label = unlist(if (by_rows) t$rows$labels[i]
                           else t$columns$labels[k]),
      keys = by_rows, n = n[[i]][k], of = of[[i]][k])
  }
  do.call(rbind, out)
}
tables <- Filter(function(t) !is.null(t$table)
                 && startsWith(t$table, "compare_"), report$tables)
stopifnot(length(tables) >= 8)
cells <- do.call(rbind, lapply(tables, cells_of))
cells$of[!is.na(cells$of) & cells$of <= 0] <- NA

ours <- cells[cells$round == own, ]
theirs <- cells[cells$round != own, ]
both <- merge(ours, theirs, by = c("table", "title", "label", "place",
                                   "keys"), suffixes = c("", "2"))
both <- both[complete.cases(both[, c("n", "of", "n2", "of2")]), ]
both$p <- mapply(function(a, b, c, d)
  fisher.test(matrix(c(a, c, b - a, d - c), 2))$p.value,
  both$n, both$of, both$n2, both$of2)
both$holm <- p.adjust(both$p, "holm")

share <- function(n, of) {
  whole <- floor(100 * n / of + 0.5 + 1e-9)
  ifelse(of < 20, sprintf("%d av %d", n, of),
         ifelse(whole == 0 & n > 0, "under 1 %", sprintf("%d %%", whole)))
}
marked <- both[both$holm <= 0.05, ]
want <- sprintf("- %s: %s i %s, %s i %s", marked$label,
                share(marked$n, marked$of), marked$round_label,
                share(marked$n2, marked$of2), marked$round_label2)

# Whole distributions, with every value shown.
keys <- split(both[both$keys, ], ~ table + round2, drop = TRUE)
p <- c(); label <- c()
set.seed(2014)
for (k in keys) {
  all <- sum(cells$table == k$table[1] & cells$round == own)
  if (nrow(k) != all || all < 3) next
  m <- rbind(k$n, k$n2)
  p <- c(p, fisher.test(m[, colSums(m) > 0], simulate.p.value = TRUE,
                        B = 9999)$p.value)
  label <- c(label, sprintf("- Fordelingen i %s er en annen enn i %s",
                            k$round_label[1], k$round_label2[1]))
}
want <- c(want, label[p.adjust(p, "holm") <= 0.05])

begin <- which(text == "Sammenligning")
stopifnot(length(begin) >= 1)
said <- text[max(begin):length(text)]
got <- said[startsWith(said, "- ")]
counts <- sprintf("(%d tester)", c(nrow(both), length(p)))
for (count in counts)
  if (!any(grepl(count, said, fixed = TRUE)))
    stop("the number of tests is not ", count)
if (!identical(sort(got), sort(want))) {
  cat("R marks:\n", sort(setdiff(want, got)), "the report:\n",
      sort(setdiff(got, want)), sep = "\n")
  quit(status = 1)
}

# Rates: "Bergen 2014: 1 845 mottakere, 0,86 % av 214 535 innbyggere ..."
rates <- said[grepl("innbyggere fra", said)]
number <- function(x) as.numeric(gsub("[^0-9]", "", x))
stopifnot(length(rates) >= 3)
for (r in rates) {
  n <- number(sub(".*: (.*) mottaker.*", "\\1", r))
  of <- number(sub(".*% av (.*) innbyggere.*", "\\1", r))
  stated <- sub(".*mottaker[^,]*, ([0-9],[0-9]+) %.*", "\\1", r)
  stopifnot(stated == sub(".", ",", fixed = TRUE,
                          sprintf("%.2f", floor(1e4 * n / of + 0.5) / 100)))
}
cat("ok", nrow(both), "tests,", nrow(marked), "differences,",
    length(rates), "rates\n")
