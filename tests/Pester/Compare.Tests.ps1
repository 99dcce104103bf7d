BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $before = $threeTier
    $after = Join-Path $manifests 'three-tier-next'
}

Describe 'Compare-NetPolReachability' {
    BeforeAll {
        $changes = Compare-NetPolReachability $before $after
    }

    It 'tells what opened, closed and changed, and what came' {
        ($changes | Group-Object Change -NoElement | ForEach-Object { "$($_.Name) $($_.Count)" } | Sort-Object) -join ', ' |
            Should -Be 'Added 1, Changed 1, Closed 4, Opened 2'
    }

    It 'names ports and the policies responsible' {
        $changed = $changes | Where-Object Change -eq Changed
        "$($changed.SourceNamespace)/$($changed.Source) $($changed.DestinationNamespace)/$($changed.Destination)" | Should -Be 'shop/web shop/api'
        ($changed.PortsBefore, $changed.PortsAfter, $changed.PortsOpened, $changed.PortsClosed).ForEach('ToString') -join '|' |
            Should -Be 'TCP 5000|TCP 5000,9090|TCP 9090|None'
        $changed.Policies | Should -Be '~shop/api'
        $changed.PortsOpened.Contains('TCP', 9090) | Should -BeTrue
    }

    It 'marks the connections of a workload that came' {
        $new = $changes | Where-Object { $_.Destination -eq 'cache' }
        $new.DestinationStatus | Should -Be 'Added'
        $new.Policies | Should -Be '+shop/cache'
    }

    It 'takes Services as destinations' {
        $folder = Join-Path $TestDrive 'service'
        New-Item -ItemType Directory $folder > $null
        Set-Content (Join-Path $folder service.yaml) @'
apiVersion: v1
kind: Service
metadata: {name: api, namespace: shop}
spec: {selector: {app: api}, ports: [{name: http, port: 80, targetPort: 5000}]}
'@
        $withoutPolicies = (Join-Path $before application.yaml), $folder
        $opened = @(Compare-NetPolReachability ($before, $folder) $withoutPolicies -From web, db -To svc/api -Port http)
        $opened | Should -HaveCount 1
        "$($opened[0].Source) $($opened[0].Destination)" | Should -Be 'db api'
        ($opened[0].PortsBefore, $opened[0].PortsAfter).ForEach('ToString') -join '|' | Should -Be 'None|TCP 5000'
        $opened[0].Notes | Should -Contain 'through Service shop/api, whose port 80 leads to TCP 5000'
    }

    It 'refuses a port by its name without a Service' {
        { Compare-NetPolReachability $before $after -To web -Port http -ErrorAction Stop } | Should -Throw '*only ports of Services are asked about by name*'
    }

    It 'gives nothing where nothing differs, however the input comes' {
        Compare-NetPolReachability $before $before | Should -BeNullOrEmpty
        Get-Content (Join-Path $manifests 'three-tier.json') -Raw | ConvertFrom-Json | Compare-NetPolReachability $before | Should -BeNullOrEmpty
        Compare-NetPolReachability (Get-NetPolSnapshot $before) (Get-ChildItem $before) | Should -BeNullOrEmpty
        Get-Content (Join-Path $before application.yaml), (Join-Path $before policies.yaml) -Raw |
            ForEach-Object { $_; '---' } | Compare-NetPolReachability $before | Should -BeNullOrEmpty
    }

    It 'takes objects, text and snapshots as either side' {
        $expected = $changes | Get-Line
        $json = Get-Content (Join-Path $manifests 'three-tier.json') -Raw
        Compare-NetPolReachability ($json | ConvertFrom-Json) $after | Get-Line | Should -Be $expected
        Compare-NetPolReachability $json $after | Get-Line | Should -Be $expected
        Get-NetPolSnapshot $after | Compare-NetPolReachability -Reference $before | Get-Line | Should -Be $expected
    }

    It 'goes back the other way round' {
        $back = Compare-NetPolReachability $after $before
        ($back | Where-Object Change -eq Closed) | Should -HaveCount 2
        ($back | Where-Object Change -eq Removed).Source | Should -Be 'cache'
    }

    It 'narrows to ends and ports' {
        Compare-NetPolReachability $before $after -To cache | Where-Object Change -eq Opened | Get-Line |
            Should -Be 'Opened shop/api -> shop/cache: None -> TCP 6379'
        Compare-NetPolReachability $before $after -Port 3306 | Where-Object Change -ne Added | Should -BeNullOrEmpty
        (Compare-NetPolReachability $before $after -Namespace shop).Count | Should -Be (Compare-NetPolReachability $before $after).Count
        Compare-NetPolReachability $before $after -Namespace store -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -Be "-Namespace 'store' matches no namespace of the input."
    }

    It 'knows a namespace that only one side has' {
        Compare-NetPolReachability (New-Pod a one) ((New-Pod a one), (New-Pod b two)) -Namespace two | Where-Object Change -EQ Added | Should -HaveCount 1
    }

    It 'compares namespaces as wholes' {
        $changes = Compare-NetPolReachability $before $after -By Namespace
        $changes.SourceKind + $changes.DestinationKind | Should -Contain 'Namespace'
        $changes.Change | Should -Not -Contain 'Added'
    }

    It 'reports a side that holds nothing, and does not answer' {
        $answer = Compare-NetPolReachability (Join-Path $manifests 'no-such') $after -ErrorVariable problems -ErrorAction SilentlyContinue
        $answer | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'PathNotFound,NetPolTools.Commands.CompareNetPolReachabilityCommand'
        Compare-NetPolReachability $before @{ apiVersion = 'v1'; kind = 'List'; items = @() } -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'NoInput,NetPolTools.Commands.CompareNetPolReachabilityCommand'
        "$problems" | Should -BeLike '-Difference holds no pod*'
    }

    It 'reports a pattern that names nothing on either side' {
        Compare-NetPolReachability $before $after -From cache | Should -Not -BeNullOrEmpty
        { Compare-NetPolReachability $before $after -From nobody -ErrorAction Stop } | Should -Throw -ErrorId 'NoMatch,*'
    }

    It 'shows a table of one line for each change, grouped by the source' {
        $text = $changes | Format-Table | Out-String -Width 80
        $text | Should -Match 'Change +Destination +Ports +Policies'
        $text | Should -Match 'From: shop/web\s+Change.*\s+-.*\s+Changed api +\+TCP 9090 +~shop/api'
        $text | Should -Match 'From: any IPv6 address\s+Change.*\s+-.*\s+Closed +shop/web +-TCP 80 +~shop/web'
    }

    It 'shows ports and policies at <Width> columns where names have 35 characters' -ForEach @(@{ Width = 80 }, @{ Width = 120 }) {
        $ns, $pod = 'a-namespace-with-a-long-name-of-35c', 'a-workload-with-a-long-name-of-35ch'
        $text = Compare-NetPolReachability (New-Pod $pod $ns) ((New-Pod $pod $ns), (New-Policy 'a-policy-with-a-long-name-of-35-cha' $ns)) |
            Out-String -Width $Width
        $text | Should -Match 'Closed'
        $text | Should -Match '-All'
        $text -replace '\s' | Should -Match '\+a-namespace'
    }

    It 'completes names from its own arguments' {
        (TabExpansion2 "Compare-NetPolReachability -Reference '$after' -To shop/ca").CompletionMatches.CompletionText | Should -Be 'shop/cache'
    }
}
