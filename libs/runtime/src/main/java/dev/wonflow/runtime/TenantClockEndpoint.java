package dev.wonflow.runtime;

import dev.wonflow.runtime.TenantAgenda.Agenda;
import java.time.Duration;
import java.time.Instant;
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

    TenantClockEndpoint(MovableTenantClocks clocks, Supplier<List<TenantAgenda>> agendas) {
        this.clocks = clocks;
        this.agendas = agendas;
    }

    /**
     * A tenant's time.
     *
     * @param ahead how far it is ahead of the service's
     * @param underWay how much of the tenant goes on now
     * @param next when something of the tenant is due next, by its time
     */
    record Reading(
            Instant now,
            Duration ahead,
            int underWay,
            @Nullable Instant next) {}

    /** The tenants that were moved. */
    @ReadOperation
    SortedMap<String, Duration> moved() {
        SortedMap<String, Duration> moved = new TreeMap<>();
        clocks.moved().forEach((tenant, ahead) -> moved.put(tenant.value(), ahead));
        return moved;
    }

    @ReadOperation
    Reading read(@Selector String tenant) {
        return reading(named(tenant));
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
        return reading(id);
    }

    private Reading reading(TenantId tenant) {
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
                        .orElse(null));
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
