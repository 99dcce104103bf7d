using System.Collections.Immutable;

namespace NetPolTools.Dialects.Cilium;

/// <summary>What a rule restricts above ports, in sentences: the answer goes by ports alone.</summary>
internal static class CiliumCaveats
{
    public static ImmutableArray<string> Of(CiliumPortRule rule)
    {
        if (rule.Rules is null && rule.ServerNames is null && rule.Listener is null)
            return [];
        var caveats = ImmutableArray.CreateBuilder<string>();
        foreach (var (field, name) in new[] { ("http", "HTTP requests"), ("kafka", "Kafka requests"), ("dns", "DNS queries"), ("l7", "requests") })
        {
            if (rule.RulesOf(field).Count > 0)
                caveats.Add($"restricted at L7: only some {name} pass");
        }

        if (rule.ServerNames is { Count: > 0 })
            caveats.Add($"restricted at L7: only TLS connections to {string.Join(", ", rule.ServerNames)} pass");
        if (rule.Listener is not null)
            caveats.Add("led to a listener of Envoy, which decides what passes");
        return caveats.ToImmutable();
    }
}
