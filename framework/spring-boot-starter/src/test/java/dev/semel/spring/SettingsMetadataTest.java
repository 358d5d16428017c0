package dev.semel.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever types a setting is told what it does. */
class SettingsMetadataTest {
    @Test
    void everySettingIsDescribed() throws Exception {
        try (InputStream file =
                SemelProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode settings = JsonMapper.shared().readTree(file).path("properties");
            List<String> names = settings.valueStream()
                    .map(setting -> setting.path("name").asString())
                    .toList();
            assertThat(names).contains("semel.migrate", "semel.http.key-reused-status", "semel.relay.workers");
            assertThat(settings.valueStream())
                    .allSatisfy(
                            setting -> assertThat(setting.path("description").asString(""))
                                    .as(setting.path("name").asString())
                                    .isNotBlank());
        }
    }
}
