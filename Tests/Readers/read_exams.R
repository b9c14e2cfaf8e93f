# Reads exercises with R/exams itself; prints the facts of each, divided by tabs.
library(exams)
for (file in commandArgs(trailingOnly = TRUE)) {
  exercise <- xexams(file, driver = list(sweave = list(quiet = TRUE), read = NULL, transform = NULL, write = NULL))[[1]][[1]]
  info <- exercise$metainfo
  solution <- vapply(info$solution, function(x) paste(as.integer(x) * is.logical(x) + (!is.logical(x)) * as.numeric(x), collapse = ""), "")
  cat(info$name, info$type, paste(solution, collapse = "|"), paste(info$tolerance, collapse = "|"), sep = "\t")
  cat("\n")
}
