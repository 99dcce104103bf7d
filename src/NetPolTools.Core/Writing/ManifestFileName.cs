using System.Security.Cryptography;
using System.Text;
using NetPolTools.Objects;

namespace NetPolTools.Writing;

/// <summary>Names for files that hold one object each: the same object always has the same, and every file system takes it.</summary>
public static class ManifestFileName
{
    /// <summary>Characters. File systems take 255 bytes, and these names are ASCII.</summary>
    private const int MaxLength = 200;

    private const int HashLength = 8;

    /// <summary><c>shop.web.yaml</c> for a NetworkPolicy; other kinds stand in front: <c>deployment.shop.web.yaml</c>.</summary>
    /// <param name="reference">The object.</param>
    /// <param name="extension">With its point.</param>
    public static string Of(ObjectReference reference, string extension = ".yaml")
    {
        string?[] parts = [reference.Kind == NetworkPolicy.KindName ? null : reference.Kind.ToLowerInvariant(), reference.Namespace, reference.Name];
        var whole = string.Join('.', parts.Where(static part => !string.IsNullOrEmpty(part)));
        var safe = string.Concat(whole.Select(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.' or '_' ? c : '_')).Trim('.');
        if (safe != whole)
            safe = $"{safe}_{Hash(whole)}";
        if (IsDevice(safe))
            safe = "_" + safe;
        if (safe.Length > MaxLength)
            safe = $"{safe[..(MaxLength - HashLength - 1)]}_{Hash(whole)}";
        return safe + extension;
    }

    /// <summary>Windows keeps these names for itself, whatever follows behind a point.</summary>
    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0];
        return stem is "con" or "prn" or "aux" or "nul"
            || (stem.Length == 4 && (stem.StartsWith("com", StringComparison.Ordinal) || stem.StartsWith("lpt", StringComparison.Ordinal))
                && char.IsAsciiDigit(stem[3]));
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength].ToLowerInvariant();
}
