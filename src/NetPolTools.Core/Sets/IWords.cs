namespace NetPolTools.Sets;

/// <summary>Members of a set that is not there as an object, 64 numbers at a time.</summary>
internal interface IWords
{
    /// <inheritdoc cref="IndexSet.WordAt"/>
    ulong WordAt(int position);
}
