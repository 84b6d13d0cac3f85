package dev.wonflow.subscription.taxinvoice;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {

    /** One purchase, one proof. */
    @ParameterizedTest
    @CsvSource({
        "true,  ,         false, CARD_SLIP",
        "true,  계좌이체,   false, TAX_INVOICE",
        "true,  계좌이체,   true,  CASH_RECEIPT",
        "false, 카드,      false, CARD_SLIP",
        "false, 간편결제,   false, CARD_SLIP",
        "false, 휴대폰,     false, CARD_SLIP",
        "false, 계좌이체,   false, TAX_INVOICE",
        "false, 가상계좌,   false, TAX_INVOICE",
        "false, 계좌이체,   true,  CASH_RECEIPT",
        "false, ,         false, UNKNOWN",
    })
    void purchase_has_one_proof(
            boolean byBillingMethod, @Nullable String method, boolean cashReceipt, Evidence evidence) {
        assertThat(Evidence.of(byBillingMethod, method, cashReceipt)).isEqualTo(evidence);
    }
}
