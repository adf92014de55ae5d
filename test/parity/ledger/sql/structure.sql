--
-- PostgreSQL database dump
--

\restrict dump


SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: accounts; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.accounts (
    tenant character varying(12) NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    parent integer,
    closed boolean DEFAULT false NOT NULL
);


ALTER TABLE public.accounts OWNER TO postgres;

--
-- Name: booking_lines; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.booking_lines (
    tenant character varying(12) NOT NULL,
    booking_id bigint NOT NULL,
    "position" smallint NOT NULL,
    account integer NOT NULL,
    amount numeric(18,4) NOT NULL
);


ALTER TABLE public.booking_lines OWNER TO postgres;

--
-- Name: bookings; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.bookings (
    tenant character varying(12) NOT NULL,
    id bigint NOT NULL,
    booked_on date NOT NULL,
    text character varying(500),
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


ALTER TABLE public.bookings OWNER TO postgres;

--
-- Name: tenants; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.tenants (
    code character varying(12) NOT NULL,
    name text NOT NULL,
    currency character(3) DEFAULT 'EUR'::bpchar NOT NULL
);


ALTER TABLE public.tenants OWNER TO postgres;

--
-- Name: accounts accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (tenant, number);


--
-- Name: accounts accounts_tenant_name_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_tenant_name_key UNIQUE (tenant, name);


--
-- Name: booking_lines booking_lines_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.booking_lines
    ADD CONSTRAINT booking_lines_pkey PRIMARY KEY (tenant, booking_id, "position");


--
-- Name: bookings bookings_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (tenant, id);


--
-- Name: tenants tenants_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (code);


--
-- Name: booking_lines_account_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX booking_lines_account_idx ON public.booking_lines USING btree (tenant, account);


--
-- Name: bookings_tenant_booked_on_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX bookings_tenant_booked_on_idx ON public.bookings USING btree (tenant, booked_on);


--
-- Name: accounts accounts_parent_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_parent_fkey FOREIGN KEY (tenant, parent) REFERENCES public.accounts(tenant, number);


--
-- Name: accounts accounts_tenant_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(code);


--
-- Name: booking_lines booking_lines_account_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.booking_lines
    ADD CONSTRAINT booking_lines_account_fkey FOREIGN KEY (tenant, account) REFERENCES public.accounts(tenant, number);


--
-- Name: booking_lines booking_lines_booking_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.booking_lines
    ADD CONSTRAINT booking_lines_booking_fkey FOREIGN KEY (tenant, booking_id) REFERENCES public.bookings(tenant, id) ON DELETE CASCADE;


--
-- Name: bookings bookings_tenant_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_tenant_fkey FOREIGN KEY (tenant) REFERENCES public.tenants(code);


--
-- PostgreSQL database dump complete
--

\unrestrict dump

