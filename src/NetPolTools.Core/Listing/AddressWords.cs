namespace NetPolTools.Listing;

/// <summary>The words by which answers name addresses outside the cluster; a question may use them, too.</summary>
public static class AddressWords
{
    public const string AnyIPv4 = "any IPv4 address";

    public const string AnyIPv6 = "any IPv6 address";

    /// <summary>Both families.</summary>
    public const string Anywhere = "anywhere outside";

    /// <summary>Both families, as the rows and columns of a matrix name them.</summary>
    public const string InMatrix = "(outside)";
}
