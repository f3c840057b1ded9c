# read_back.R - data.sav and data.dta of DIR, read by haven, against the data
# package cell by cell, and the published figures from both.
#
#     Rscript read_back.R DIR

options(warn = 2)
suppressPackageStartupMessages({
  library(haven)
  library(jsonlite)
})
dir <- commandArgs(trailingOnly = TRUE)[1]
setwd(dir)
dir.create("package")
unzip("data.package", exdir = "package")
fields <- fromJSON("package/datapackage.json",
                   simplifyVector = FALSE)$resources[[1]]$schema$fields
rows <- read.csv("package/data.csv", colClasses = "character",
                 na.strings = character(), check.names = FALSE,
                 encoding = "UTF-8")
wrong <- 0
check <- function(good, ...) {
  if (!isTRUE(good)) {
    wrong <<- wrong + 1
    cat(..., "\n")
  }
}

# What stands for the texts of the CSV.
as_number <- function(field, text) {
  codes <- unlist(field$constraints$enum)
  switch(field$type,
         string = match(text, codes),
         date = as.numeric(as.Date(ifelse(nchar(text) == 10, text, NA))),
         suppressWarnings(as.numeric(text)))
}

is_text <- function(field) {
  field$type == "string" && is.null(field$constraints)
}

labels_of <- function(field) {
  if (is.null(field$categories)) return(NULL)
  vapply(field$categories, function(k) k$label, "")
}

# DATA with UNKNOWN and UNASKED as they are in it.
compare <- function(file, data, why) {
  check(nrow(data) == nrow(rows) && ncol(data) == length(fields), file,
        dim(data))
  for (i in seq_along(fields)) {
    field <- fields[[i]]
    text <- rows[[i]]
    got <- data[[i]]
    if (is_text(field)) {
      check(identical(as.character(got), text), file, field$name)
      next
    }
    missing <- text %in% c("", "unknown", "unasked")
    want <- as_number(field, ifelse(missing, "", text))
    plain <- as.numeric(got)
    reason <- why(got)
    check(all(reason == ifelse(missing, text, "value")), file, field$name,
          "missing values")
    check(all(abs(plain[!missing] - want[!missing]) < 1e-9), file,
          field$name, "values")
    labels <- labels_of(field)
    if (!is.null(labels)) {
      found <- attr(got, "labels")
      check(all(labels %in% names(found)), file, field$name, "labels")
    }
    check(startsWith(attr(got, "label"), substr(field$title, 1, 60)), file,
          field$name, "label")
  }
}

why_sav <- function(x) {
  n <- as.numeric(x)
  ifelse(is.na(n), "",
         ifelse(n == -2, "unknown", ifelse(n == -3, "unasked", "value")))
}
why_dta <- function(x) {
  tag <- na_tag(x)
  ifelse(!is.na(tag), ifelse(tag == "a", "unknown",
                             ifelse(tag == "b", "unasked", tag)),
         ifelse(is.na(as.numeric(x)), "", "value"))
}

# Where -2 and -3 stand they are declared as missing: haven then reads NA.
declared <- function(sav) {
  raw <- read_sav("data.sav", user_na = TRUE)
  for (i in seq_along(fields)) {
    if (is_text(fields[[i]])) next
    n <- as.numeric(raw[[i]])
    check(!any(sav[[i]] < 0, na.rm = TRUE), fields[[i]]$name, "undeclared")
    check(all(is.na(as.numeric(sav[[i]])) == (is.na(n) | n < 0)),
          fields[[i]]$name, "declared")
  }
}

plain <- function(data) {
  data <- as.data.frame(lapply(data[data$counts == 1, ], function(x)
    if (is.character(x)) x else as.numeric(x)))
}

compare("data.sav", read_sav("data.sav", user_na = TRUE), why_sav)
dta <- read_dta("data.dta")
compare("data.dta", dta, why_dta)
sav <- read_sav("data.sav")
declared(sav)
check(all(nchar(names(dta)) <= 32) && !anyDuplicated(names(dta)), "names")
check(grepl("Bergen 2014", attr(dta, "label")), "file label")
check(any(grepl("Runde: Bergen 2014 (bergen-2014)", attr(dta, "notes"),
                fixed = TRUE)), "notes")
source("figures.R")
write.csv(t(figures(plain(sav))), "r_sav.csv", row.names = FALSE)
write.csv(t(figures(plain(dta))), "r_dta.csv", row.names = FALSE)
cat(nrow(rows), "rows,", length(fields), "columns,", wrong, "wrong\n")
quit(status = if (wrong > 0) 1 else 0)
