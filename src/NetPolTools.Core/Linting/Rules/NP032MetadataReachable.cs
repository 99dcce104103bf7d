using System.Collections.Immutable;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP032MetadataReachable() : LintRule("NP032", "metadata-reachable", LintSeverity.Warning, LintNeeds.Reachability)
{
    /// <summary>A block of so many bits is taken to be meant for one of the addresses in it.</summary>
    private const int NarrowIPv4 = 24;

    /// <inheritdoc cref="NarrowIPv4"/>
    private const int NarrowIPv6 = 64;

    private static readonly ImmutableArray<MetadataService> Services =
    [
        new("169.254.169.254", "AWS, Azure, Google Cloud and others", IsCommon: true, [80]),
        new("fd00:ec2::254", "AWS", IsCommon: false, [80]),
        new("100.100.100.200", "Alibaba Cloud", IsCommon: false, [80]),
        new("168.63.129.16", "Azure", IsCommon: false, [80, 32526]),
    ];

    public override string Description => "Finds egress rules for blocks of addresses that hold a cloud's metadata service.";

    public override string Why =>
        "Whoever gets into such a pod asks 169.254.169.254 for the credentials of the node. Take the address out by except, of the same family as "
        + "the block. The addresses of Alibaba Cloud and Azure alone, 100.100.100.200 and 168.63.129.16, are told of where the block is narrow; AKS "
        + "lets pods reach the latter whatever policies say. A rule for every destination is told of by NP027.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var grant in context.Addresses.All.Where(static grant => !grant.IsEveryone))
        {
            MetadataService[] covered = [.. Services.Where(service => grant.Covers(service.Address))];
            if (!Array.Exists(covered, service => service.IsCommon || (service.IsIPv6 && grant.MeansInternet) || grant.In.All(IsNarrow)))
                continue;
            covered = [.. covered.Where(service => !context.Addresses.Reached(grant, service.Address, service.Ports).IsEmpty)];
            if (covered.Length == 0)
                continue;
            string[] blocks = [.. covered.Select(static service => AddressRange.Of(service.Address).ToCidr())];
            var names = string.Join(" and ", covered.Select(static service => $"{service.Address} ({service.Cloud})"));
            yield return Find(grant.Place, $"{grant.Text} holds {names}, where whoever asks gets the credentials of the node.") with
            {
                Corrections =
                [
                    grant.Place.Correction("Take the metadata service out of the block.", $"except: {PolicyEdits.Exceptions(blocks)}") with
                    {
                        Edits = PolicyEdits.AddExceptions(grant, blocks),
                        Effect = LintEffect.Closes,
                    },
                ],
            };
        }
    }

    private static bool IsNarrow(AddressRange range) =>
        range.Last - range.First < UInt128.One << (range.Family == AddressFamilyKind.IPv4 ? 32 - NarrowIPv4 : 128 - NarrowIPv6);

    /// <summary>Where a cloud answers what machines ask about themselves.</summary>
    private sealed record MetadataService(NetAddress Address, string Cloud, bool IsCommon, PortSet Ports)
    {
        public MetadataService(string address, string cloud, bool IsCommon, int[] ports)
            : this(
                NetAddress.TryParse(address, out var parsed) ? parsed : throw new ArgumentException($"{address} is no address.", nameof(address)),
                cloud,
                IsCommon,
                PortSet.UnionOf([.. ports.Select(static port => PortSet.Of(Protocol.TCP, port))]))
        {
        }

        public bool IsIPv6 => Address.Family == AddressFamilyKind.IPv6;
    }
}
