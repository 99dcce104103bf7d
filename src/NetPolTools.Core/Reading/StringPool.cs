using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Gives one string for equal bytes, so that a label value that stands in a hundred thousand pods is one object. Not thread safe.
/// </summary>
/// <remarks>Hot: a table of its own, because a dictionary of strings would first need the string.</remarks>
public sealed class StringPool
{
    private const int MaxLength = 128;

    private Entry[] _entries = new Entry[1024];
    private int _count;

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0)
            return "";
        if (utf8.Length > MaxLength)
            return Encoding.UTF8.GetString(utf8);

        var hash = Hash(utf8);
        var entries = _entries;
        var mask = entries.Length - 1;
        var slot = (int)hash & mask;
        while (entries[slot].Text is { } candidate)
        {
            if (entries[slot].Hash == hash && Matches(candidate, utf8))
                return candidate;
            slot = (slot + 1) & mask;
        }

        var text = Encoding.UTF8.GetString(utf8);
        entries[slot] = new Entry(text, hash);
        if (++_count * 2 > entries.Length)
            Grow();
        return text;
    }

    public string Get(string text)
    {
        if (text.Length is 0 or > MaxLength / 3)
            return text;
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return Get(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    internal static ulong Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)utf8.Length * Multiplier;
        while (utf8.Length >= 8)
        {
            hash = BitOperations.RotateLeft(hash ^ MemoryMarshal.Read<ulong>(utf8), 23) * Multiplier;
            utf8 = utf8[8..];
        }

        if (utf8.Length > 0)
            hash = BitOperations.RotateLeft(hash ^ Rest(utf8), 23) * Multiplier;
        return hash ^ (hash >> 32);
    }

    /// <summary>Fewer than eight bytes as a number.</summary>
    private static ulong Rest(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length >= 4)
            return MemoryMarshal.Read<uint>(utf8) | ((ulong)MemoryMarshal.Read<uint>(utf8[^4..]) << 32);
        return utf8[0] | ((ulong)utf8[utf8.Length / 2] << 8) | ((ulong)utf8[^1] << 16);
    }

    private static bool Matches(string candidate, ReadOnlySpan<byte> utf8)
    {
        if (candidate.Length == utf8.Length)
            return Ascii.Equals(utf8, candidate);

        return candidate == Encoding.UTF8.GetString(utf8);
    }

    private void Grow()
    {
        var entries = new Entry[_entries.Length * 2];
        var mask = entries.Length - 1;
        foreach (var entry in _entries)
        {
            if (entry.Text is null)
                continue;
            var slot = (int)entry.Hash & mask;
            while (entries[slot].Text is not null)
                slot = (slot + 1) & mask;
            entries[slot] = entry;
        }

        _entries = entries;
    }

    private readonly record struct Entry(string? Text, ulong Hash);
}
