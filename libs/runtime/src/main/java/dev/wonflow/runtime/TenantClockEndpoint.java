package dev.wonflow.runtime;

import dev.wonflow.runtime.TenantAgenda.Agenda;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Reads and moves the times of single tenants in this process. */
@Endpoint(id = "tenantclock")
final class TenantClockEndpoint {

    private final MovableTenantClocks clocks;
    private final Supplier<List<TenantAgenda>> agendas;
    private final Supplier<List<TenantForecast>> forecasts;

    TenantClockEndpoint(
            MovableTenantClocks clocks,
            Supplier<List<TenantAgenda>> agendas,
            Supplier<List<TenantForecast>> forecasts) {
        this.clocks = clocks;
        this.agendas = agendas;
        this.forecasts = forecasts;
    }

    /**
     * A tenant's time.
     *
     * @param ahead how far it is ahead of the service's
     * @param underWay how much of the tenant goes on now
     * @param next when something of the tenant is due next, by its time
     * @param expected what happens until the moment that was asked about
     */
    record Reading(
            Instant now,
            Duration ahead,
            int underWay,
            @Nullable Instant next,
            List<TenantForecast.Expected> expected) {}

    /** The tenants that were moved. */
    @ReadOperation
    SortedMap<String, Duration> moved() {
        SortedMap<String, Duration> moved = new TreeMap<>();
        clocks.moved().forEach((tenant, ahead) -> moved.put(tenant.value(), ahead));
        return moved;
    }

    /**
     * Reads a tenant's time.
     *
     * @param until up to when is to be told what will happen; not at all if {@code null}
     */
    @ReadOperation
    Reading read(@Selector String tenant, @Nullable Instant until) {
        return reading(named(tenant), until);
    }

    /** Says how far ahead of the service's time the tenant is; saying it twice is harmless. */
    @WriteOperation
    Reading move(@Selector String tenant, Duration ahead) {
        TenantId id = named(tenant);
        try {
            clocks.moveTo(id, ahead);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
        return reading(id, null);
    }

    private Reading reading(TenantId tenant, @Nullable Instant until) {
        List<Agenda> all =
                agendas.get().stream().map(agenda -> agenda.of(tenant)).toList();
        return new Reading(
                clocks.now(tenant),
                clocks.ahead(tenant),
                all.stream().mapToInt(Agenda::underWay).sum(),
                all.stream()
                        .map(Agenda::next)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                until == null ? List.of() : expected(tenant, until));
    }

    private List<TenantForecast.Expected> expected(TenantId tenant, Instant until) {
        return forecasts.get().stream()
                .flatMap(forecast -> forecast.of(tenant, until).stream())
                .sorted(Comparator.comparing(TenantForecast.Expected::at))
                .toList();
    }

    private static TenantId named(String tenant) {
        try {
            return new TenantId(tenant);
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static InvalidEndpointRequestException refused(IllegalArgumentException e) {
        String why = String.valueOf(e.getMessage());
        return new InvalidEndpointRequestException(why, why, e);
    }
}
