package dev.wonflow.payment.billing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.Keysets;
import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.billing.BillingMethod;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.BillingMethodStatus;
import dev.wonflow.payment.billing.BillingWorld;
import dev.wonflow.payment.billing.KeyUnreadable;
import dev.wonflow.payment.billing.seal.Seals;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.seal.SealedStore;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.work.WorkTable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcBillingMethodsIT {

    private static final Instant NOON = MutableClock.START;
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId GLOBEX = new TenantId("globex");

    private static PaymentDatabase database;

    private JdbcBillingMethods methods;

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
    }

    @BeforeEach
    void startEmpty() {
        database.server.execute("TRUNCATE billing_method, billing_customer, work");
        methods = methods(1);
    }

    @Test
    void method_is_read_as_it_was_stored_and_its_key_is_nowhere_to_be_read() {
        BillingMethod method = given(1, ACME);

        assertThat(methods.find(ACME, method.id())).contains(method);
        assertThat(methods.find(GLOBEX, method.id())).isEmpty();
        assertThat(methods.of(ACME)).containsExactly(method);
        assertThat(methods.findByPrint(method.print())).contains(method);
        assertThat(methods.key(method.id())).contains(key(1));
        assertThat(dump()).doesNotContain(key(1).value());
    }

    @Test
    void method_of_the_version_before_is_answered_once_and_a_new_one_never() {
        BillingMethod before = given(1, ACME);
        given(2, ACME);
        database.server.execute("UPDATE billing_method SET announced = false WHERE id = '" + SequentialIds.id(1) + "'");

        assertThat(methods.takeUnannounced(10)).containsExactly(before);
        assertThat(methods.takeUnannounced(10)).isEmpty();
    }

    @Test
    void swapped_keys_do_not_open() {
        BillingMethodId one = given(1, ACME).id();
        BillingMethodId other = given(2, GLOBEX).id();

        database.server.execute("""
            UPDATE billing_method AS mine SET sealed_key = theirs.sealed_key
            FROM billing_method AS theirs WHERE theirs.id <> mine.id
            """);

        assertThatThrownBy(() -> methods.key(one)).isInstanceOf(KeyUnreadable.class);
        assertThatThrownBy(() -> methods.key(other)).isInstanceOf(KeyUnreadable.class);
    }

    @Test
    void method_given_to_another_tenant_does_not_open() {
        BillingMethodId id = given(1, ACME).id();

        database.server.execute("UPDATE billing_method SET tenant_id = 'globex'");

        assertThatThrownBy(() -> methods.key(id)).isInstanceOf(KeyUnreadable.class);
    }

    @Test
    void key_goes_with_the_method() {
        BillingMethod method = given(1, ACME);

        database.transaction.executeWithoutResult(_ -> methods.save(new BillingMethod(
                method.id(),
                ACME,
                method.customerKey(),
                BillingMethodStatus.REMOVED,
                method.print(),
                method.face(),
                false,
                NOON,
                NOON)));

        assertThat(methods.key(method.id())).isEmpty();
        assertThat(methods.of(ACME)).isEmpty();
    }

    @Test
    void keys_are_sealed_anew_step_by_step_until_none_is_under_the_old_key() {
        for (int i = 1; i <= 5; i++) {
            given(i, ACME);
        }
        JdbcBillingMethods rotated = methods(2, 1);
        assertThat(rotated.sealedUnderOthers()).isEqualTo(5);

        // A run that is killed after its first step leaves the rest for the next.
        assertThat(resealed(rotated)).isEqualTo(2);
        assertThat(rotated.sealedUnderOthers()).isEqualTo(3);
        assertThat(resealed(rotated) + resealed(rotated) + resealed(rotated)).isEqualTo(3);

        assertThat(rotated.sealedUnderOthers()).isZero();
        JdbcBillingMethods withoutOld = methods(2);
        for (int i = 1; i <= 5; i++) {
            assertThat(withoutOld.key(new BillingMethodId(SequentialIds.id(i)))).contains(key(i));
        }
    }

    @Test
    void key_that_does_not_open_is_passed_over_and_named() {
        for (int i = 1; i <= 4; i++) {
            given(i, ACME);
        }
        database.server.execute(
                "UPDATE billing_method SET tenant_id = 'globex' WHERE id = '" + SequentialIds.id(2) + "'");
        JdbcBillingMethods rotated = methods(2, 1);

        SealedStore.Step first = reseal(rotated, new UUID(0, 0));
        assertThat(first).isEqualTo(new SealedStore.Step(1, List.of(SequentialIds.id(2)), SequentialIds.id(2)));
        assertThat(reseal(rotated, first.last())).isEqualTo(new SealedStore.Step(2, List.of(), SequentialIds.id(4)));
        assertThat(reseal(rotated, SequentialIds.id(4)).sealed()).isZero();
        assertThat(rotated.sealedUnderOthers()).isOne();
    }

    @Test
    void of_two_names_given_at_once_the_first_stays() {
        JdbcCustomers customers = new JdbcCustomers(database.jdbc);

        assertThat(customers.name(ACME, "name-1", NOON)).isEqualTo("name-1");
        assertThat(customers.name(ACME, "name-2", NOON)).isEqualTo("name-1");
        assertThat(customers.customerKey(GLOBEX)).isEmpty();
    }

    private static int resealed(JdbcBillingMethods methods) {
        return reseal(methods, new UUID(0, 0)).sealed();
    }

    private static SealedStore.Step reseal(JdbcBillingMethods methods, UUID after) {
        return database.transaction.execute(_ -> methods.reseal(after, 2));
    }

    private BillingMethod given(int number, TenantId tenant) {
        BillingMethod method = new BillingMethod(
                new BillingMethodId(SequentialIds.id(number)),
                tenant,
                "customer-" + number,
                BillingMethodStatus.ACTIVE,
                key(number).print(),
                BillingWorld.FACE,
                false,
                NOON,
                NOON);
        methods.add(method, key(number));
        return method;
    }

    private static BillingKey key(int number) {
        return new BillingKey("Qm9vX3Rlc3RfYmlsbGluZ19rZXlf%015d=".formatted(number));
    }

    private static JdbcBillingMethods methods(int... keyIds) {
        WorkTable work = new WorkTable(database.jdbc, database.transaction, new MutableClock(), Trace.passedOn());
        return new JdbcBillingMethods(database.jdbc, work, Seals.of(Keysets.of(keyIds)));
    }

    private static String dump() {
        return database.jdbc
                .sql("SELECT string_agg(billing_method::text, ' ') FROM billing_method")
                .query(String.class)
                .single();
    }
}
