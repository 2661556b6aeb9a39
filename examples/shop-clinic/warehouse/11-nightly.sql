-- One night.
call etl.load_marketing_export();
call etl.refresh_customer_profile();
call etl.load_payment_facts();
call etl.load_daily_revenue();
call etl.hash_audience();
call etl.load_health_interest();
call etl.rescue_old_cards();
refresh materialized view analytics.patients_per_month;
refresh materialized view analytics.best_sellers;
analyze;
