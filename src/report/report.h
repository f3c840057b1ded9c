/* report.h - the door of this folder: what a face needs of it.
 *
 *     report_questions, report_build, report_table    build.h
 *     report_make, report_ask                         make.h
 *     ask_question                                    ask.h
 *     writer_find, writer_write                       write.h */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H
#include "report/ask.h"
#include "report/build.h"
#include "report/make.h"
#include "report/write.h"

#endif
