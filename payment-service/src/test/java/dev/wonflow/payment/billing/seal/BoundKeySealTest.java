package dev.wonflow.payment.billing.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.Keysets;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.BillingNotSetUp;
import dev.wonflow.payment.billing.KeySeal;
import dev.wonflow.payment.billing.KeyUnreadable;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.SequentialIds;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundKeySealTest {

    private static final BillingKey KEY = new BillingKey("Qm9vX3Rlc3RfYmlsbGluZ19rZXlfMDAwMDAwMDAwMDE=");
    private static final TenantId ACME = new TenantId("acme");
    private static final BillingMethodId METHOD = new BillingMethodId(SequentialIds.id(1));

    @Test
    void key_comes_out_as_it_went_in_and_cannot_be_seen_between() {
        byte[] sealed = seal(Keysets.of(1)).seal(KEY, ACME, METHOD);

        assertThat(seal(Keysets.of(1)).open(sealed, ACME, METHOD)).isEqualTo(KEY);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(KEY.value());
    }

    @Test
    void sealed_key_opens_for_no_other_tenant_and_no_other_method() {
        byte[] sealed = seal(Keysets.of(1)).seal(KEY, ACME, METHOD);

        assertThatThrownBy(() -> seal(Keysets.of(1)).open(sealed, new TenantId("globex"), METHOD))
                .isInstanceOf(KeyUnreadable.class);
        assertThatThrownBy(() -> seal(Keysets.of(1)).open(sealed, ACME, new BillingMethodId(SequentialIds.id(2))))
                .isInstanceOf(KeyUnreadable.class);
    }

    @Test
    void earlier_key_of_the_keyset_opens_and_the_first_one_seals() {
        byte[] old = seal(Keysets.of(1)).seal(KEY, ACME, METHOD);
        KeySeal rotated = seal(Keysets.of(2, 1));

        assertThat(rotated.open(old, ACME, METHOD)).isEqualTo(KEY);
        assertThat(rotated.sealsUnder()).isEqualTo(2);
        assertThatThrownBy(() -> seal(Keysets.of(1)).open(rotated.seal(KEY, ACME, METHOD), ACME, METHOD))
                .isInstanceOf(KeyUnreadable.class);
    }

    @Test
    void unreadable_keyset_is_refused_without_being_shown() {
        String almost = Keysets.of(1).replace("AesGcmKey", "AesGcmKex");

        assertThatThrownBy(() -> seal(almost))
                .hasMessage("wonflow.billing.keyset: unreadable (expected: a keyset of Tink for AEAD, as JSON)")
                .hasNoCause();
    }

    @Test
    void nothing_is_sealed_without_a_keyset() {
        assertThat(seal(null).isSetUp()).isFalse();
        assertThatThrownBy(() -> seal(null).seal(KEY, ACME, METHOD)).isInstanceOf(BillingNotSetUp.class);
    }

    private static KeySeal seal(@Nullable String keyset) {
        return Seals.of(keyset);
    }
}
