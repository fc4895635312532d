-- Makes one database of a PostgreSQL 13 to 18 answer as an Aurora PostgreSQL would.
--
-- Names, arguments and columns of the functions are those of the function reference in AWS' Aurora
-- user guide ("Aurora PostgreSQL functions reference"). Where it gives no SQL type, the type is the
-- one that its examples and the public drivers suggest. All content is ours: a cluster of one writer
-- and two readers. The functions read it from the ordinary tables in the schema aurora_stand_in, so
-- that a test or a demo can change lag, fail over or let waits grow. Times are kept as ages, so that
-- the content does not grow old by itself.
--
-- Run it as a superuser in each database that is to look like Aurora; again, to begin anew. Never run
-- it on a server that matters: it writes into pg_catalog.

SET allow_system_table_mods = on;
SET client_min_messages = warning;

DROP SCHEMA IF EXISTS aurora_stand_in CASCADE;
CREATE SCHEMA aurora_stand_in;

-- What this instance is.
CREATE TABLE aurora_stand_in.this_instance (
  version text NOT NULL,
  server_id text NOT NULL
);
INSERT INTO aurora_stand_in.this_instance
SELECT CASE current_setting('server_version_num')::int / 10000
         WHEN 13 THEN '13.21.0' WHEN 14 THEN '14.18.0' WHEN 15 THEN '15.13.0'
         WHEN 16 THEN '16.9.0' WHEN 17 THEN '17.5.0' ELSE '18.1.0'
       END,
       'orders-1';

CREATE OR REPLACE FUNCTION pg_catalog.aurora_version() RETURNS text
LANGUAGE sql STABLE AS 'SELECT version FROM aurora_stand_in.this_instance';

CREATE OR REPLACE FUNCTION pg_catalog.aurora_db_instance_identifier() RETURNS text
LANGUAGE sql STABLE AS 'SELECT server_id FROM aurora_stand_in.this_instance';

-- Lists the stand-ins that exist: one that is dropped is no longer listed.
CREATE OR REPLACE FUNCTION pg_catalog.aurora_list_builtins(
  OUT "Name" text, OUT "Result data type" text, OUT "Argument data types" text, OUT "Type" text,
  OUT "Volatility" text, OUT "Parallel" text, OUT "Security" text, OUT "Description" text)
RETURNS SETOF record LANGUAGE sql STABLE AS $$
  SELECT p.proname::text,
         CASE WHEN p.proretset THEN 'SETOF record' ELSE pg_get_function_result(p.oid) END,
         pg_get_function_arguments(p.oid),
         'func',
         CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
         CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END,
         'invoker',
         'stand-in'
    FROM pg_proc p
   WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname LIKE 'aurora\_%'
   ORDER BY p.proname
$$;

-- The cluster. The instance that is asked tells no time for its own report, as Aurora since 13.9.
CREATE TABLE aurora_stand_in.cluster (
  server_id text PRIMARY KEY,
  session_id text NOT NULL,
  report_age interval,
  replay_latency_usec integer,
  active_txns integer,
  feedback_xmin_age bigint,
  lag_msec double precision,
  log_stream_kib_per_second double precision,
  pending_read_ios integer,
  read_ios bigint,
  cpu double precision
);
INSERT INTO aurora_stand_in.cluster VALUES
  ('orders-1', 'MASTER_SESSION_ID', NULL, NULL, 3, NULL, NULL, 1536, 0, 0, 12.5),
  ('orders-2', '5c3a1f0e-64a0-4d6b-9a36-2d2b1f1a7c02', '1.5 s', 8700, 7, 120, 18, 1536, 2, 845210, 9),
  ('orders-3', '5c3a1f0e-64a0-4d6b-9a36-2d2b1f1a7c03', '1.25 s', 12400, 1, 2500, 31.5, 1408, 0, 91377, 4.5);

CREATE FUNCTION aurora_stand_in.fail_over_to(new_writer text) RETURNS void LANGUAGE sql AS $$
  UPDATE aurora_stand_in.cluster
     SET session_id = CASE WHEN server_id = new_writer THEN 'MASTER_SESSION_ID'
                           ELSE md5(server_id)::uuid::text END,
         lag_msec = CASE WHEN server_id = new_writer THEN NULL ELSE 20 END,
         feedback_xmin_age = CASE WHEN server_id = new_writer THEN NULL ELSE 10 END
$$;

CREATE OR REPLACE FUNCTION pg_catalog.aurora_replica_status(
  OUT server_id text, OUT session_id text, OUT durable_lsn bigint, OUT highest_lsn_rcvd bigint,
  OUT current_read_lsn bigint, OUT cur_replay_latency_in_usec integer, OUT active_txns integer,
  OUT is_current boolean, OUT last_transport_error integer, OUT last_error_timestamp timestamptz,
  OUT last_update_timestamp timestamptz, OUT feedback_xmin bigint, OUT feedback_epoch bigint,
  OUT replica_lag_in_msec double precision, OUT log_stream_speed_in_kib_per_second double precision,
  OUT log_buffer_sequence_number bigint, OUT oldest_read_view_trx_id bigint,
  OUT oldest_read_view_lsn bigint, OUT pending_read_ios integer, OUT read_ios bigint,
  OUT iops integer, OUT cpu double precision)
RETURNS SETOF record LANGUAGE sql VOLATILE AS $$
  SELECT c.server_id, c.session_id, 2534560273, CASE WHEN c.lag_msec IS NOT NULL THEN 2534560273 END,
         2534560266, c.replay_latency_usec, c.active_txns, NULL::boolean, 0,
         '1970-01-01 00:00:00+00'::timestamptz, statement_timestamp() - c.report_age,
         CASE WHEN c.feedback_xmin_age IS NULL THEN 0 ELSE oldest.xid % 4294967296 END,
         CASE WHEN c.feedback_xmin_age IS NULL THEN 0 ELSE oldest.xid / 4294967296 END,
         c.lag_msec, c.log_stream_kib_per_second, 0, 0, 2534560254, c.pending_read_ios, c.read_ios, 0,
         c.cpu
    FROM aurora_stand_in.cluster c
   CROSS JOIN LATERAL (
           -- A new cluster has fewer transactions behind it than the age: then the one before the wrap.
           SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - c.feedback_xmin_age
                   + 4294967296) AS xid) oldest
   ORDER BY c.server_id
$$;

-- The global database: one primary cluster and one secondary in another region.
CREATE TABLE aurora_stand_in.global_clusters (
  aws_region text PRIMARY KEY,
  durability_lag_msec double precision NOT NULL,
  rpo_lag_msec double precision NOT NULL,
  calculation_age interval
);
INSERT INTO aurora_stand_in.global_clusters VALUES
  ('eu-west-1', -1, -1, NULL),
  ('us-east-1', 85, 1450, '0.5 s');

CREATE OR REPLACE FUNCTION pg_catalog.aurora_global_db_status(
  OUT aws_region text, OUT highest_lsn_written bigint, OUT durability_lag_in_msec double precision,
  OUT rpo_lag_in_msec double precision, OUT last_lag_calculation_time timestamptz,
  OUT feedback_epoch bigint, OUT feedback_xmin bigint)
RETURNS SETOF record LANGUAGE sql VOLATILE AS $$
  SELECT g.aws_region, 2534560273, g.durability_lag_msec, g.rpo_lag_msec,
         coalesce(statement_timestamp() - g.calculation_age, '1970-01-01 00:00:00+00'::timestamptz), 0, 0
    FROM aurora_stand_in.global_clusters g
   ORDER BY g.aws_region
$$;

CREATE TABLE aurora_stand_in.global_instances (
  server_id text NOT NULL,
  session_id text NOT NULL,
  aws_region text NOT NULL,
  visibility_lag_msec double precision
);
-- An instance's name is its own within a region only.
INSERT INTO aurora_stand_in.global_instances VALUES
  ('orders-1', 'MASTER_SESSION_ID', 'eu-west-1', NULL),
  ('orders-2', '5c3a1f0e-64a0-4d6b-9a36-2d2b1f1a7c02', 'eu-west-1', 6),
  ('orders-3', '5c3a1f0e-64a0-4d6b-9a36-2d2b1f1a7c03', 'eu-west-1', 14),
  ('orders-2', '5c3a1f0e-64a0-4d6b-9a36-2d2b1f1a7c12', 'us-east-1', 996);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_global_db_instance_status(
  OUT server_id text, OUT session_id text, OUT aws_region text, OUT durable_lsn bigint,
  OUT highest_lsn_rcvd bigint, OUT feedback_epoch bigint, OUT feedback_xmin bigint,
  OUT oldest_read_view_lsn bigint, OUT visibility_lag_in_msec double precision)
RETURNS SETOF record LANGUAGE sql VOLATILE AS $$
  SELECT g.server_id, g.session_id, g.aws_region, 2534560266, 2534560273, 0, 0, 2534560254,
         g.visibility_lag_msec
    FROM aurora_stand_in.global_instances g
   ORDER BY g.aws_region, g.server_id
$$;

-- Waits, in microseconds.
CREATE TABLE aurora_stand_in.wait_types (type_id smallint PRIMARY KEY, type_name text NOT NULL);
INSERT INTO aurora_stand_in.wait_types VALUES
  (1, 'LWLock'), (3, 'Lock'), (4, 'BufferPin'), (5, 'Activity'), (6, 'Client'), (7, 'Extension'),
  (8, 'IPC'), (9, 'Timeout'), (10, 'IO');

CREATE TABLE aurora_stand_in.wait_events (
  type_id smallint NOT NULL,
  event_id integer PRIMARY KEY,
  event_name text NOT NULL
);
INSERT INTO aurora_stand_in.wait_events VALUES
  (1, 16777219, 'XidGenLock'), (1, 16777270, 'buffer_content'), (3, 50331648, 'relation'),
  (3, 50331652, 'transactionid'), (5, 83886080, 'AutoVacuumMain'), (6, 100663296, 'ClientRead'),
  (6, 100663297, 'ClientWrite'), (9, 150994946, 'VacuumDelay'), (10, 167772160, 'DataFileRead'),
  (10, 167772231, 'XactSync'), (10, 167772232, 'WALWrite');

CREATE TABLE aurora_stand_in.waits (
  type_id smallint NOT NULL,
  event_id integer NOT NULL,
  waits bigint NOT NULL,
  wait_time bigint NOT NULL
);
INSERT INTO aurora_stand_in.waits VALUES
  (1, 16777219, 11, 12864), (1, 16777270, 53171, 23641847), (3, 50331652, 1765, 47267583),
  (5, 83886080, 136868, 56305604538), (6, 100663296, 990211, 8630604538),
  (6, 100663297, 4120, 1520000), (10, 167772160, 812004, 1690045212), (10, 167772231, 187073, 597041642);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_wait_type(OUT type_id smallint, OUT type_name text)
RETURNS SETOF record LANGUAGE sql VOLATILE AS
  'SELECT t.type_id, t.type_name FROM aurora_stand_in.wait_types t';

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_wait_event(
  OUT type_id smallint, OUT event_id integer, OUT event_name text)
RETURNS SETOF record LANGUAGE sql VOLATILE AS
  'SELECT e.type_id, e.event_id, e.event_name FROM aurora_stand_in.wait_events e';

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_system_waits(
  OUT type_id smallint, OUT event_id integer, OUT waits bigint, OUT wait_time bigint)
RETURNS SETOF record LANGUAGE sql VOLATILE AS
  'SELECT w.type_id, w.event_id, w.waits, w.wait_time FROM aurora_stand_in.waits w';

-- What each database did. A database that is not in here tells NULL, as template0 does on Aurora.
CREATE TABLE aurora_stand_in.databases (
  datname text PRIMARY KEY,
  select_count bigint, select_usec bigint,
  insert_count bigint, insert_usec bigint,
  update_count bigint, update_usec bigint,
  delete_count bigint, delete_usec bigint,
  commit_usec bigint,
  storage_blks_read bigint, orcache_blks_hit bigint, local_blks_read bigint,
  storage_blk_read_msec double precision, orcache_blk_read_msec double precision,
  local_blk_read_msec double precision
);
INSERT INTO aurora_stand_in.databases VALUES
  (current_database(), 178957, 66684115, 171065, 28876649, 51953, 145457920, 12, 53027, 91225500,
   40210, 96005, 310, 32890.5, 11520.25, 15.5);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_dml_activity(
  oid,
  OUT select_count bigint, OUT select_latency_microsecs bigint,
  OUT insert_count bigint, OUT insert_latency_microsecs bigint,
  OUT update_count bigint, OUT update_latency_microsecs bigint,
  OUT delete_count bigint, OUT delete_latency_microsecs bigint)
RETURNS SETOF record LANGUAGE sql STABLE AS $$
  SELECT a.select_count, a.select_usec, a.insert_count, a.insert_usec,
         a.update_count, a.update_usec, a.delete_count, a.delete_usec
    FROM pg_database d
    LEFT JOIN aurora_stand_in.databases a ON a.datname = d.datname
   WHERE d.oid = $1
$$;

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_get_db_commit_latency(oid) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT a.commit_usec
    FROM pg_database d JOIN aurora_stand_in.databases a ON a.datname = d.datname
   WHERE d.oid = $1
$$;

-- pg_stat_database as it is in this version, and Aurora's columns behind it.
DO $do$
DECLARE
  outs text;
  columns text;
BEGIN
  SELECT string_agg(format('OUT %I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum),
         string_agg(format('s.%I', attname), ', ' ORDER BY attnum)
    INTO outs, columns
    FROM pg_attribute
   WHERE attrelid = 'pg_catalog.pg_stat_database'::regclass AND attnum > 0;
  EXECUTE format($f$
    CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_database(
      %s,
      OUT storage_blks_read bigint, OUT orcache_blks_hit bigint, OUT local_blks_read bigint,
      OUT storage_blk_read_time double precision, OUT local_blk_read_time double precision,
      OUT orcache_blk_read_time double precision)
    RETURNS SETOF record LANGUAGE sql STABLE AS $body$
      SELECT %s, a.storage_blks_read, a.orcache_blks_hit, a.local_blks_read,
             a.storage_blk_read_msec, a.local_blk_read_msec, a.orcache_blk_read_msec
        FROM pg_stat_database s LEFT JOIN aurora_stand_in.databases a ON a.datname = s.datname
    $body$ $f$, outs, columns);
END
$do$;

-- Statements: the columns of pg_stat_statements that anybody asks for, and Aurora's behind them.
CREATE TABLE aurora_stand_in.statements (
  datname text NOT NULL,
  queryid bigint NOT NULL,
  query text NOT NULL,
  calls bigint NOT NULL,
  total_exec_msec double precision NOT NULL,
  shared_blks_hit bigint NOT NULL,
  storage_blks_read bigint NOT NULL,
  orcache_blks_hit bigint NOT NULL,
  storage_blk_read_msec double precision NOT NULL,
  orcache_blk_read_msec double precision NOT NULL,
  local_blk_read_msec double precision NOT NULL,
  max_plan_peakmem bigint NOT NULL,
  max_exec_peakmem bigint NOT NULL
);
INSERT INTO aurora_stand_in.statements VALUES
  (current_database(), 1001, 'SELECT * FROM orders WHERE id = $1', 90210, 45105.5, 812045, 30110,
   80004, 21040.5, 9600.5, 0, 0, 196608),
  (current_database(), 1002, 'UPDATE stock SET units = units - $1', 4021, 90021.5, 410221, 10050,
   16000, 9980.25, 1900.25, 0, 0, 262144),
  (current_database(), 1003, 'SELECT day, sum(amount) FROM orders GROUP BY day', 24, 120055.25, 5200,
   50, 1, 1869.75, 19.5, 0, 0, 33554432);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_statements(
  showtext boolean,
  OUT userid oid, OUT dbid oid, OUT toplevel boolean, OUT queryid bigint, OUT query text,
  OUT calls bigint, OUT total_exec_time double precision, OUT shared_blks_hit bigint,
  OUT shared_blks_read bigint, OUT storage_blks_read bigint, OUT orcache_blks_hit bigint,
  OUT storage_blk_read_time double precision, OUT local_blk_read_time double precision,
  OUT orcache_blk_read_time double precision,
  OUT total_plan_peakmem bigint, OUT min_plan_peakmem bigint, OUT max_plan_peakmem bigint,
  OUT total_exec_peakmem bigint, OUT min_exec_peakmem bigint, OUT max_exec_peakmem bigint)
RETURNS SETOF record LANGUAGE sql VOLATILE AS $$
  SELECT 10::oid, d.oid, true, s.queryid, CASE WHEN $1 THEN s.query END, s.calls, s.total_exec_msec,
         s.shared_blks_hit, s.storage_blks_read + s.orcache_blks_hit, s.storage_blks_read,
         s.orcache_blks_hit, s.storage_blk_read_msec, s.local_blk_read_msec, s.orcache_blk_read_msec,
         s.max_plan_peakmem * s.calls, s.max_plan_peakmem, s.max_plan_peakmem,
         s.max_exec_peakmem * s.calls, s.max_exec_peakmem, s.max_exec_peakmem
    FROM aurora_stand_in.statements s JOIN pg_database d ON d.datname = s.datname
$$;

CREATE TABLE aurora_stand_in.optimized_reads_cache (total_size bigint, used_size bigint);
INSERT INTO aurora_stand_in.optimized_reads_cache VALUES (237000000000, 118500000000);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_optimized_reads_cache(
  OUT total_size bigint, OUT used_size bigint)
RETURNS SETOF record LANGUAGE sql VOLATILE AS
  'SELECT c.total_size, c.used_size FROM aurora_stand_in.optimized_reads_cache c';

-- Every backend of a kind that is in here uses as much as is written for its kind.
CREATE TABLE aurora_stand_in.backend_resources (
  backend_type text PRIMARY KEY,
  allocated_memory bigint,
  used_memory bigint,
  cpu_usage_percent double precision
);
INSERT INTO aurora_stand_in.backend_resources VALUES
  ('client backend', 9437184, 6291456, 3.5), ('autovacuum launcher', 1310720, 1048576, 0.25),
  ('background writer', 1048576, 524288, 0), ('checkpointer', 2097152, 1048576, 0.5),
  ('walwriter', 1048576, 786432, 1.25);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_resource_usage(
  OUT pid integer, OUT allocated_memory bigint, OUT used_memory bigint,
  OUT cpu_usage_percent double precision)
RETURNS SETOF record LANGUAGE sql VOLATILE AS $$
  SELECT a.pid, r.allocated_memory, r.used_memory, r.cpu_usage_percent
    FROM pg_stat_activity a JOIN aurora_stand_in.backend_resources r USING (backend_type)
$$;

CREATE TABLE aurora_stand_in.memory_contexts (
  pid integer NOT NULL,
  name text NOT NULL,
  allocated bigint NOT NULL,
  used bigint NOT NULL,
  instances bigint NOT NULL
);
INSERT INTO aurora_stand_in.memory_contexts VALUES
  (4711, 'CacheMemoryContext', 1048576, 786432, 1), (4711, 'index info', 262144, 196608, 120),
  (4711, 'MessageContext', 65536, 12288, 1), (4712, 'CacheMemoryContext', 2097152, 1572864, 1),
  (4712, 'ExecutorState', 4194304, 4063232, 3), (4712, 'index info', 262144, 180224, 98);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_memctx_usage(
  OUT pid integer, OUT name text, OUT allocated bigint, OUT used bigint, OUT instances bigint)
RETURNS SETOF record LANGUAGE sql VOLATILE AS
  'SELECT m.pid, m.name, m.allocated, m.used, m.instances FROM aurora_stand_in.memory_contexts m';

CREATE TABLE aurora_stand_in.logical_wal_cache (
  name text PRIMARY KEY,
  active_pid integer,
  cache_hit bigint,
  cache_miss bigint,
  last_reset timestamptz
);
INSERT INTO aurora_stand_in.logical_wal_cache VALUES
  ('orders_to_warehouse', 79183, 90024, 310, '2026-01-05 17:39:56+00'),
  ('orders_to_search', NULL, 120, 0, NULL);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_stat_logical_wal_cache(
  OUT name text, OUT active_pid integer, OUT cache_hit bigint, OUT cache_miss bigint,
  OUT blks_read bigint, OUT hit_rate text, OUT last_reset_timestamp timestamptz)
RETURNS SETOF record LANGUAGE sql VOLATILE AS $$
  SELECT c.name, c.active_pid, c.cache_hit, c.cache_miss, c.cache_hit + c.cache_miss,
         round(100.0 * c.cache_hit / nullif(c.cache_hit + c.cache_miss, 0), 2) || '%', c.last_reset
    FROM aurora_stand_in.logical_wal_cache c
   ORDER BY c.name
$$;

-- No row is what Aurora calls disabled.
CREATE TABLE aurora_stand_in.cluster_cache (
  buffers_sent_last_minute bigint, buffers_found_last_minute bigint,
  buffers_sent_last_scan bigint, buffers_found_last_scan bigint,
  buffers_sent_current_scan bigint, buffers_found_current_scan bigint,
  current_scan_progress bigint
);
INSERT INTO aurora_stand_in.cluster_cache VALUES (22420, 22423, 1792044, 1792341, 1409800, 1410096, 1587744);

CREATE OR REPLACE FUNCTION pg_catalog.aurora_ccm_status(
  OUT buffers_sent_last_minute bigint, OUT buffers_found_last_minute bigint,
  OUT buffers_sent_last_scan bigint, OUT buffers_found_last_scan bigint,
  OUT buffers_sent_current_scan bigint, OUT buffers_found_current_scan bigint,
  OUT current_scan_progress bigint)
RETURNS SETOF record LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN QUERY SELECT c.* FROM aurora_stand_in.cluster_cache c;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'Cluster Cache Manager is disabled';
  END IF;
END
$$;

-- Whoever may watch may call them.
GRANT USAGE ON SCHEMA aurora_stand_in TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA aurora_stand_in TO PUBLIC;
