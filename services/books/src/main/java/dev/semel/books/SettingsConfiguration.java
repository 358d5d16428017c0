package dev.semel.books;

import dev.semel.books.settings.CompanyDays;
import dev.semel.books.settings.DeductionTable;
import dev.semel.books.settings.SettingsController;
import dev.semel.books.settings.SettingsReads;
import dev.semel.books.settings.SettingsTable;
import dev.semel.books.settings.UpdateSettings;
import dev.semel.spring.SemelConfigurer;
import dev.semel.spring.web.TenantReads;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The beans of the company's settings. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
    @Bean
    SemelConfigurer settingsConfigurer() {
        return builder -> builder.register(BooksOperations.UPDATE_COMPANY_SETTINGS);
    }

    @Bean
    SettingsTable settingsTable(JdbcClient jdbc) {
        return new SettingsTable(jdbc);
    }

    @Bean
    DeductionTable deductionTable(JdbcClient jdbc) {
        return new DeductionTable(jdbc);
    }

    @Bean
    CompanyDays companyDays(SettingsTable settings) {
        return new CompanyDays(settings);
    }

    @Bean
    SettingsReads settingsReads(SettingsTable settings, DeductionTable deductions) {
        return new SettingsReads(settings, deductions);
    }

    @Bean
    UpdateSettings updateSettings(SettingsTable settings, DeductionTable deductions) {
        return new UpdateSettings(settings, deductions);
    }

    @Bean
    SettingsController settingsController(
            UpdateSettings updateSettings, SettingsReads settings, TenantReads booksTenantReads) {
        return new SettingsController(updateSettings, settings, booksTenantReads);
    }
}
