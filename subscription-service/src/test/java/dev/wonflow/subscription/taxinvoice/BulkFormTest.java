package dev.wonflow.subscription.taxinvoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.EmailAddress;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BulkFormTest {

    private static final TaxProfile SUPPLIER = new TaxProfile(
            new BusinessNumber("411-86-01799"),
            null,
            "원플로",
            "김원",
            "서울시 강남구",
            "정보통신업",
            "소프트웨어",
            new EmailAddress("tax@wonflow.example"));

    private static final TaxProfile BUYER = new TaxProfile(
            new BusinessNumber("124-81-00998"),
            "0003",
            "에이크미",
            "홍길동",
            null,
            null,
            null,
            new EmailAddress("tax@acme.example"));

    @Test
    void form_has_59_columns_with_places_where_public_copies_have_them() {
        List<String> columns = BulkForm.columns();

        assertThat(columns).hasSize(59).doesNotHaveDuplicates();
        assertThat(columns.get(0)).isEqualTo("전자(세금)계산서 종류");
        assertThat(columns.get(10)).isEqualTo("공급받는자 등록번호");
        assertThat(columns.get(19)).isEqualTo("공급가액 합계");
        assertThat(columns.get(20)).isEqualTo("세액 합계");
        assertThat(columns.get(22)).isEqualTo("일자1");
        assertThat(columns.get(53)).isEqualTo("품목비고4");
        assertThat(columns.get(58)).isEqualTo("영수(01),청구(02)");
    }

    @Test
    void paid_invoice_is_one_item_and_paid_already() {
        Map<String, Object> told = new LinkedHashMap<>();
        List<@Nullable Object> row = BulkForm.row(SUPPLIER, due(false, null));
        for (int i = 0; i < row.size(); i++) {
            Object cell = row.get(i);
            if (cell != null) {
                told.put(BulkForm.columns().get(i), cell);
            }
        }

        assertThat(row).hasSize(59);
        assertThat(told)
                .isEqualTo(Map.ofEntries(
                        Map.entry("전자(세금)계산서 종류", "01"),
                        Map.entry("작성일자", "20260301"),
                        Map.entry("공급자 등록번호", "4118601799"),
                        Map.entry("공급자 상호", "원플로"),
                        Map.entry("공급자 성명", "김원"),
                        Map.entry("공급자 사업장주소", "서울시 강남구"),
                        Map.entry("공급자 업태", "정보통신업"),
                        Map.entry("공급자 종목", "소프트웨어"),
                        Map.entry("공급자 이메일", "tax@wonflow.example"),
                        Map.entry("공급받는자 등록번호", "1248100998"),
                        Map.entry("공급받는자 종사업장번호", "0003"),
                        Map.entry("공급받는자 상호", "에이크미"),
                        Map.entry("공급받는자 성명", "홍길동"),
                        Map.entry("공급받는자 이메일1", "tax@acme.example"),
                        Map.entry("공급가액 합계", 26_364L),
                        Map.entry("세액 합계", 2_636L),
                        Map.entry("비고", "2026-000001"),
                        Map.entry("일자1", "01"),
                        Map.entry("품목1", "팀"),
                        Map.entry("수량1", 1),
                        Map.entry("단가1", 26_364L),
                        Map.entry("공급가액1", 26_364L),
                        Map.entry("세액1", 2_636L),
                        Map.entry("영수(01),청구(02)", "01")));
    }

    @Test
    void column_that_the_form_wants_filled_is_filled_however_little_is_known_of_the_buyer() {
        List<@Nullable Object> row = BulkForm.row(SUPPLIER, due(false, null));

        assertThat(List.of(
                        "전자(세금)계산서 종류",
                        "작성일자",
                        "공급자 등록번호",
                        "공급자 상호",
                        "공급자 성명",
                        "공급받는자 등록번호",
                        "공급받는자 상호",
                        "공급받는자 성명",
                        "공급가액 합계",
                        "세액 합계",
                        "일자1",
                        "공급가액1",
                        "세액1",
                        "영수(01),청구(02)"))
                .allSatisfy(column ->
                        assertThat(row.get(BulkForm.columns().indexOf(column))).isNotNull());
    }

    @Test
    void amended_one_takes_away_and_says_why() {
        TaxInvoices.Original whole = new TaxInvoices.Original(LocalDate.of(2026, 2, 1), "2026-000001", true);
        TaxInvoices.Original part = new TaxInvoices.Original(LocalDate.of(2026, 2, 1), "2026-000001", false);

        assertThat(AmendmentList.row(due(true, whole)))
                .containsExactly(
                        "계약의 해제",
                        "2026-03-01",
                        "2026-02-01",
                        "2026-000001",
                        "1248100998",
                        "에이크미",
                        "팀",
                        -26_364L,
                        -2_636L,
                        "2026-000001")
                .hasSameSizeAs(AmendmentList.columns());
        assertThat(AmendmentList.row(due(true, part)).getFirst()).isEqualTo("공급가액 변동");
    }

    @Test
    void tax_invoice_is_issued_by_the_tenth_of_the_next_month() {
        assertThat(due(false, null).taxInvoice().issueBy()).isEqualTo(LocalDate.of(2026, 4, 10));
    }

    private static TaxInvoices.Due due(boolean amended, TaxInvoices.@Nullable Original original) {
        TaxInvoice invoice = new TaxInvoice(
                SequentialIds.id(2),
                SequentialIds.id(amended ? 1 : 2),
                new TenantId("acme"),
                amended,
                LocalDate.of(2026, 3, 1),
                SupplyAndTax.of(Money.ofWon(29_000), Money.ZERO),
                "팀",
                "2026-000001",
                false,
                "p1",
                true,
                Instant.parse("2026-02-28T15:00:00Z"));
        return new TaxInvoices.Due(invoice, BUYER, original);
    }
}
