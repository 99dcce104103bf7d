using System.Collections.Immutable;

namespace NetPolTools.Intents;

/// <summary>The addresses by which clouds tell a machine its credentials.</summary>
public static class MetadataAddresses
{
    /// <summary>How a file of intents names them.</summary>
    public const string Word = "metadata addresses";

    /// <summary>AWS, Azure, Google Cloud and others; AWS by IPv6; Alibaba Cloud. Not Azure's 168.63.129.16, which its clusters need.</summary>
    public static readonly ImmutableArray<string> All = ["169.254.169.254", "fd00:ec2::254", "100.100.100.200"];
}
