using System.Collections;

namespace NetPolTools.Objects;

/// <summary>
/// A list that no one can change, that every language can index and that reads as text where text is wanted, as in a cell of CSV.
/// </summary>
/// <remarks>
/// <see cref="System.Collections.ObjectModel.ReadOnlyCollection{T}"/> would do, but asks another list for each item; policies are gone through item by item
/// when they are compiled. PowerShell indexes by <see cref="IList"/>, and LINQ is quicker with <see cref="IList{T}"/>.
/// </remarks>
/// <typeparam name="T">Each reads as text.</typeparam>
public sealed class FixedList<T> : IReadOnlyList<T>, IList<T>, IList
{
    /// <summary>The list of nothing.</summary>
    public static readonly FixedList<T> Empty = new([]);

    private readonly T[] _items;

    internal FixedList(T[] items) => _items = items;

    public int Count => _items.Length;

    bool ICollection<T>.IsReadOnly => true;

    bool IList.IsReadOnly => true;

    bool IList.IsFixedSize => true;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    public T this[int index] => _items[index];

    T IList<T>.this[int index]
    {
        get => _items[index];
        set => throw Unchanging();
    }

    object? IList.this[int index]
    {
        get => _items[index];
        set => throw Unchanging();
    }

    public bool Contains(T item) => IndexOf(item) >= 0;

    public int IndexOf(T item) => Array.IndexOf(_items, item);

    public void CopyTo(T[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    bool IList.Contains(object? value) => ((IList)this).IndexOf(value) >= 0;

    int IList.IndexOf(object? value) => Array.IndexOf(_items, value);

    void ICollection.CopyTo(Array array, int index) => _items.CopyTo(array, index);

    void ICollection<T>.Add(T item) => throw Unchanging();

    void ICollection<T>.Clear() => throw Unchanging();

    bool ICollection<T>.Remove(T item) => throw Unchanging();

    void IList<T>.Insert(int index, T item) => throw Unchanging();

    void IList<T>.RemoveAt(int index) => throw Unchanging();

    int IList.Add(object? value) => throw Unchanging();

    void IList.Clear() => throw Unchanging();

    void IList.Insert(int index, object? value) => throw Unchanging();

    void IList.Remove(object? value) => throw Unchanging();

    void IList.RemoveAt(int index) => throw Unchanging();

    /// <summary>Names with commas between them; what may hold a comma itself with semicolons.</summary>
    public override string ToString() => this switch
    {
        IEnumerable<KeyValuePair<string, string>> pairs => string.Join(", ", pairs.Select(static pair => $"{pair.Key}={pair.Value}")),
        IEnumerable<string> names => string.Join(", ", names),
        _ => string.Join("; ", this),
    };

    private static NotSupportedException Unchanging() => new("The list cannot be changed.");
}
