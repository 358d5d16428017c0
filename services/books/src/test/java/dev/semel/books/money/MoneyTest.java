package dev.semel.books.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Currency;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;

class MoneyTest {
    @Property
    void textIsExactAndHasTheCurrencysDigits(@ForAll("money") Money money) {
        int digits = money.currency().getDefaultFractionDigits();
        assertThat(new BigDecimal(money.text())).isEqualByComparingTo(money.amount());
        assertThat(money.text()).matches(digits == 0 ? "-?\\d+" : "-?\\d+\\.\\d{" + digits + "}");
    }

    @Property
    void whatIsAddedCanBeTakenAwayAgain(@ForAll("money") Money money, @ForAll("money") Money other) {
        Money sameCurrency = Money.rounded(other.amount(), money.currency());
        assertThat(money.plus(sameCurrency).minus(sameCurrency)).isEqualTo(money);
        assertThat(money.plus(sameCurrency)).isEqualTo(sameCurrency.plus(money));
        assertThat(money.plus(sameCurrency).compareTo(money))
                .isEqualTo(sameCurrency.amount().signum());
    }

    @Property
    void roundingNeverMovesMoreThanHalfAUnit(
            @ForAll @Scale(10) @BigRange(min = "0", max = "1e12") BigDecimal amount,
            @ForAll("currencies") Currency currency) {
        BigDecimal unit = BigDecimal.ONE.movePointLeft(currency.getDefaultFractionDigits());
        BigDecimal moved = Money.rounded(amount, currency).amount().subtract(amount);
        assertThat(moved.abs().multiply(BigDecimal.valueOf(2))).isLessThanOrEqualTo(unit);
        assertThat(moved.multiply(BigDecimal.valueOf(2))).isNotEqualByComparingTo(unit.negate());
    }

    @Example
    void digitThatTheCurrencyHasNotIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("1.5", "JPY"));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("1.005", "EUR"));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("1.0005", "KWD"));
        assertThat(Money.of("1.005", "KWD").text()).isEqualTo("1.005");
    }

    @Example
    void currenciesDoNotMix() {
        Money euro = Money.of("1", "EUR");
        Money dollar = Money.of("1", "USD");
        assertThatIllegalArgumentException().isThrownBy(() -> euro.plus(dollar));
        assertThatIllegalArgumentException().isThrownBy(() -> euro.minus(dollar));
        assertThatIllegalArgumentException().isThrownBy(() -> euro.compareTo(dollar));
    }

    @Example
    void goldAndUnknownCodesAreNoCurrencies() {
        assertThat(Currencies.find("XAU")).isEmpty();
        assertThat(Currencies.find("XXX")).isEmpty();
        assertThat(Currencies.find("eur")).isEmpty();
        assertThat(Currencies.find("ZZZ")).isEmpty();
        assertThat(Currencies.find("")).isEmpty();
        assertThat(Currencies.find("EUR")).isPresent();
    }

    @Example
    void plainSpellingIsTheShortestWithEnoughDigits() {
        assertThat(Decimals.plain(new BigDecimal("1.500000"), 0)).isEqualTo("1.5");
        assertThat(Decimals.plain(new BigDecimal("100"), 2)).isEqualTo("100.00");
        assertThat(Decimals.plain(new BigDecimal("1E+3"), 0)).isEqualTo("1000");
        assertThat(Decimals.plain(new BigDecimal("0.00000000"), 2)).isEqualTo("0.00");
        assertThat(Decimals.plain(new BigDecimal("0.33330"), 2)).isEqualTo("0.3333");
    }

    @Provide
    Arbitrary<Currency> currencies() {
        return Arbitraries.of("JPY", "EUR", "USD", "KWD", "CLF").map(Currency::getInstance);
    }

    @Provide
    Arbitrary<Money> money() {
        Arbitrary<BigDecimal> amounts = Arbitraries.bigDecimals()
                .between(new BigDecimal("-1e15"), new BigDecimal("1e15"))
                .ofScale(6);
        return Combinators.combine(amounts, currencies()).as(Money::rounded);
    }
}
