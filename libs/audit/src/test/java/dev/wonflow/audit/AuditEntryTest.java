package dev.wonflow.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.access.Caller;
import dev.wonflow.runtime.TenantId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditEntryTest {

    private static final Caller CALLER = new Caller(new TenantId("acme"), "mina", "acme-shop");

    @Test
    void facts_are_plain_values_and_no_objects() {
        assertThatThrownBy(
                        () -> new AuditEntry(CALLER, "mug.make", "mug-1", null, Map.of("card", new Object[] {}), null))
                .hasMessage("audit fact card: Object[] (expected: text, whole number or boolean)");
        assertThatThrownBy(() ->
                        new AuditEntry(CALLER, "mug.make", "mug-1", Map.of("price", 1.5), Map.of("price", 1L), null))
                .hasMessage("audit fact price: Double (expected: text, whole number or boolean)");
    }
}
