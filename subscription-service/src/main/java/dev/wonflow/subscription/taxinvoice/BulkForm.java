package dev.wonflow.subscription.taxinvoice;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the National Tax Service's form for issuing many tax invoices at once (엑셀 업로드 양식, 전자세금계산서 - 일반(영세율)):
 * 59 of them, of which row 6 has the names, for up to 100 tax invoices from row 7 on. As several public copies of the
 * form have them, the newest of September 2026; the form itself could not be had (assumed). What the form adds to a
 * name in brackets is left out.
 */
public final class BulkForm {

    /** Tax invoices that one file takes. */
    public static final int MOST = 100;

    /** 01: an ordinary one; 02 is at a rate of zero. */
    private static final String ORDINARY = "01";

    /** 01: paid already (영수); 02 asks for money (청구). */
    private static final String PAID = "01";

    private static final int ITEMS = 4;
    private static final List<String> ITEM =
            List.of("일자%d", "품목%d", "규격%d", "수량%d", "단가%d", "공급가액%d", "세액%d", "품목비고%d");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    private static final DateTimeFormatter DAY_OF_MONTH = DateTimeFormatter.ofPattern("dd", Locale.ROOT);

    private BulkForm() {}

    /** Names of the columns. */
    public static List<String> columns() {
        Stream<String> parties = Stream.of(
                "전자(세금)계산서 종류",
                "작성일자",
                "공급자 등록번호",
                "공급자 종사업장번호",
                "공급자 상호",
                "공급자 성명",
                "공급자 사업장주소",
                "공급자 업태",
                "공급자 종목",
                "공급자 이메일",
                "공급받는자 등록번호",
                "공급받는자 종사업장번호",
                "공급받는자 상호",
                "공급받는자 성명",
                "공급받는자 사업장주소",
                "공급받는자 업태",
                "공급받는자 종목",
                "공급받는자 이메일1",
                "공급받는자 이메일2",
                "공급가액 합계",
                "세액 합계",
                "비고");
        Stream<String> items = IntStream.rangeClosed(1, ITEMS)
                .boxed()
                .flatMap(number -> ITEM.stream().map(name -> name.formatted(number)));
        Stream<String> payment = Stream.of("현금", "수표", "어음", "외상미수금", "영수(01),청구(02)");
        return Stream.of(parties, items, payment).flatMap(part -> part).toList();
    }

    /** A tax invoice as a row of the form: one item, paid already. */
    public static List<@Nullable Object> row(TaxProfile supplier, TaxInvoices.Due due) {
        TaxInvoice invoice = due.taxInvoice();
        long supply = invoice.amounts().supply().won();
        long vat = invoice.amounts().vat().won();
        List<@Nullable Object> row = new ArrayList<>(Arrays.asList(ORDINARY, DAY.format(invoice.writtenOn())));
        addParty(row, supplier);
        addParty(row, due.buyer());
        row.addAll(Arrays.asList(null, supply, vat, invoice.number()));
        row.addAll(Arrays.asList(
                DAY_OF_MONTH.format(invoice.writtenOn()), invoice.item(), null, 1, supply, supply, vat, null));
        row.addAll(Arrays.asList(new @Nullable Object[(ITEMS - 1) * ITEM.size()]));
        row.addAll(Arrays.asList(null, null, null, null, PAID));
        return row;
    }

    private static void addParty(List<@Nullable Object> row, TaxProfile party) {
        row.addAll(Arrays.asList(
                party.number().digits(),
                party.branch(),
                party.companyName(),
                party.representative(),
                party.address(),
                party.businessType(),
                party.businessItem(),
                party.email().value()));
    }
}
