/* report.h - the door of this folder: what a face needs of it.
 *
 *     report_questions, report_build, report_table    build.h
 *     writer_find, writer_write                       write.h */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H
#include "report/build.h"
#include "report/write.h"

#endif
