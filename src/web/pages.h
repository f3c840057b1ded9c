/* pages.h - the handlers of the rows in pages.c, by file. */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H
#include "web/page.h"

/* page_front.c */
void page_front(struct page *p);
void page_language(struct page *p);
void page_rights(struct page *p);
void page_privacy(struct page *p);
void page_accessibility(struct page *p);
void page_health(struct page *p);
void page_metrics(struct page *p);

/* page_login.c */
void page_login(struct page *p);
void page_login_post(struct page *p);
void page_login_code(struct page *p);
void page_login_code_post(struct page *p);
void page_logout(struct page *p);
void page_logout_everywhere(struct page *p);

/* page_login_first.c */
void page_login_slip(struct page *p);
void page_login_slip_post(struct page *p);
void page_login_setup(struct page *p);
void page_login_setup_post(struct page *p);

/* page_day.c, page_list.c, page_notregistered.c, page_cases.c */
void page_day(struct page *p);
void page_list(struct page *p);
void page_unit(struct page *p);
void page_not_registered(struct page *p);
void page_not_registered_post(struct page *p);
void page_cases(struct page *p);

/* page_person.c, page_replace.c */
void page_register(struct page *p);
void page_register_post(struct page *p);
void page_replace(struct page *p);
void page_replace_post(struct page *p);

/* page_handover.c */
void page_handover_ask(struct page *p);
void page_handover_cancel(struct page *p);
void page_handover_decide(struct page *p);
void page_give(struct page *p);
void page_give_post(struct page *p);
void page_move(struct page *p);

/* page_setup_*.c */
void page_setup_new(struct page *p);
void page_setup_make(struct page *p);
void page_setup(struct page *p);
void page_setup_facts(struct page *p);
void page_setup_facts_save(struct page *p);
void page_setup_lawful(struct page *p);
void page_setup_lawful_save(struct page *p);
void page_setup_units(struct page *p);
void page_setup_units_paste(struct page *p);
void page_setup_unit_new(struct page *p);
void page_setup_unit_add(struct page *p);
void page_setup_unit(struct page *p);
void page_setup_unit_save(struct page *p);
void page_setup_unit_switch(struct page *p);
void page_setup_mappers(struct page *p);
void page_setup_mappers_save(struct page *p);
void page_setup_mapper(struct page *p);
void page_setup_mapper_end(struct page *p);
void page_setup_schedule(struct page *p);
void page_setup_schedule_save(struct page *p);
void page_setup_schedule_print(struct page *p);
void page_setup_slots(struct page *p);
void page_setup_slots_save(struct page *p);
void page_setup_expected(struct page *p);
void page_setup_expected_save(struct page *p);
void page_setup_lists(struct page *p);
void page_setup_lists_save(struct page *p);
void page_setup_switches(struct page *p);
void page_setup_switches_save(struct page *p);
void page_setup_services(struct page *p);
void page_setup_service(struct page *p);
void page_setup_service_new(struct page *p);
void page_setup_service_add(struct page *p);
void page_setup_service_save(struct page *p);
void page_setup_texts(struct page *p);
void page_setup_text(struct page *p);
void page_setup_text_save(struct page *p);
void page_setup_optouts(struct page *p);
void page_setup_optouts_save(struct page *p);
void page_setup_status(struct page *p);
void page_setup_status_save(struct page *p);

/* page_progress.c, page_progress_data.c */
void page_progress(struct page *p);
void page_progress_csv(struct page *p);
void page_progress_json(struct page *p);

/* page_results.c */
void page_results(struct page *p);
void page_report_file(struct page *p);
void page_report_json(struct page *p);
void page_report_style(struct page *p);

/* page_tables.c, page_tables_list.c */
void page_tables(struct page *p);
void page_table_file(struct page *p);
void page_table_json(struct page *p);
void page_variables_json(struct page *p);
void page_check_json(struct page *p);
void page_count_json(struct page *p);

/* api_rounds.c */
void api_openapi(struct page *p);
void api_me(struct page *p);
void api_rounds(struct page *p);
void api_round(struct page *p);
void api_units(struct page *p);

/* api_work.c, api_state.c, api_unit.c */
void api_registrations(struct page *p);
void api_registration(struct page *p);
void api_register(struct page *p);
void api_finish(struct page *p);
void api_withdraw(struct page *p);
void api_restore(struct page *p);
void api_unit(struct page *p);
void api_not_registered(struct page *p);

/* api_log.c */
void api_log(struct page *p);
void api_access(struct page *p);

/* page_account.c */
void page_account(struct page *p);
void page_account_name(struct page *p);
void page_account_password(struct page *p);
void page_account_second(struct page *p);
void page_account_second_post(struct page *p);
void page_account_codes(struct page *p);

/* page_accounts.c, page_accounts_one.c */
void page_accounts(struct page *p);
void page_accounts_new(struct page *p);
void page_accounts_one(struct page *p);
void page_accounts_rename(struct page *p);
void page_accounts_reset(struct page *p);
void page_accounts_end(struct page *p);
void page_accounts_end_post(struct page *p);
void page_accounts_grant(struct page *p);
void page_accounts_grant_end(struct page *p);

/* page_slips.c */
void page_slips(struct page *p);
void page_slips_post(struct page *p);
void page_mapper_reset(struct page *p);

/* page_access.c, page_log.c */
void page_access(struct page *p);
void page_log(struct page *p);

/* page_form.c, page_autosave.c, page_done.c */
void page_form(struct page *p);
void page_form_open(struct page *p);
void page_form_save(struct page *p);
void page_form_patch(struct page *p);
void page_form_done(struct page *p);
void page_form_blank(struct page *p);
void page_form_finish(struct page *p);
void page_form_state(struct page *p);
void page_form_state_post(struct page *p);

/* The publication of a closed round. */
void page_publish(struct page *p);
void page_publish_file(struct page *p);
void page_publish_audit(struct page *p);
void page_publish_rule(struct page *p);
void page_publish_release(struct page *p);
void page_publish_release_post(struct page *p);
void page_publish_text_new(struct page *p);
void page_publish_text(struct page *p);
void page_publish_text_save(struct page *p);
void page_publish_preview(struct page *p);
void page_publish_unlock(struct page *p);
void page_publish_remove(struct page *p);
void page_publish_versions(struct page *p);
void page_publish_version(struct page *p);
void page_publish_restore(struct page *p);
void page_publish_slides(struct page *p);
void page_publish_focus(struct page *p);
void page_publish_focus_save(struct page *p);
void page_publish_focus_add(struct page *p);
void page_publish_compare(struct page *p);
void page_publish_compare_add(struct page *p);
void page_publish_compare_remove(struct page *p);
void page_publish_checklist(struct page *p);
void page_publish_embargo(struct page *p);
void page_publish_list(struct page *p);
void page_publish_list_save(struct page *p);
void page_publish_done(struct page *p);
void api_releases(struct page *p);

#endif
