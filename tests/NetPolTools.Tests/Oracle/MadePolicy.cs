using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Tests.Oracle;

/// <summary>The object that a made policy comes from.</summary>
internal sealed record MadeObject(ObjectMetadata Metadata) : PolicyObject(Metadata)
{
    public override string Kind => "MadePolicy";

    public static PolicyOrigin Origin(string name) => new("made", new MadeObject(new ObjectMetadata { Name = name }));
}

/// <summary>A policy object whose translation is given: for testing the engine with everything that the model of policies can say.</summary>
internal sealed record MadePolicy(TieredPolicy Translation) : PolicyObject(Translation.Origin.Object.Metadata), IDialectObject
{
    public override string Kind => "MadePolicy";

    public PolicyDialect Dialect => MadeDialect.Instance;

    protected override string Describe() =>
        $"{Name} in {Translation.Rank}: {Translation.Subjects}{Text("ingress", Translation.Ingress)}{Text("egress", Translation.Egress)}";

    private static string Text(string direction, RuleList? list) => list is null ? "" : string.Concat(list.Rules.Select(rule =>
        $"\n    {direction} {rule.Action} {string.Join(" | ", rule.Peers.Select(static peer => peer.Term))}"
        + $"{(rule.Only is null ? "" : $" only {rule.Only}")} on {Text(rule.Ports)}"))
        + $"\n    {direction} rest: {list.Unmatched}";

    private static string Text(PortTerm ports) => ports switch
    {
        PortTerm.AllOf all => $"all({string.Join(", ", all.Parts.Select(Text))})",
        PortTerm.AnyOf any => $"any({string.Join(", ", any.Parts.Select(Text))})",
        PortTerm.Not not => $"not {Text(not.Part)}",
        _ => ports.ToString(),
    };

    private sealed class MadeDialect : PolicyDialect
    {
        public static readonly MadeDialect Instance = new();

        public override string Name => "made";

        public override ImmutableArray<PolicyResource> Resources => [];

        public override IEnumerable<TieredPolicy> Translate(TranslationContext context) =>
            context.Objects<MadePolicy>().Select(static made => made.Translation);
    }
}
